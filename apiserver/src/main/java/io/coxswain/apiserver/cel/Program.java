package io.coxswain.apiserver.cel;

/// An expression ready to be evaluated, by any number of threads.
public final class Program {

    private final String text;
    private final Step step;
    private final int slots;
    private final DeclType resultType;
    private final String resultTypeName;
    private final CostEstimate estimate;

    Program(
            String text,
            Planner.Plan plan,
            DeclType resultType,
            String resultTypeName,
            CostEstimate estimate) {
        this.text = text;
        this.step = plan.step();
        this.slots = plan.slots();
        this.resultType = resultType;
        this.resultTypeName = resultTypeName;
        this.estimate = estimate;
    }

    /// The expression itself.
    public String text() {
        return text;
    }

    public DeclType resultType() {
        return resultType;
    }

    /// As upstream's texts write it: `bool`, `list(string)`.
    public String resultTypeName() {
        return resultTypeName;
    }

    /// What one evaluation may cost, for declared sizes.
    public CostEstimate estimate() {
        return estimate;
    }

    /// The value, as [Values] describes it; a [CelFailure] when there is none. What it cost is
    /// taken from the budget either way.
    public Object evaluate(Bindings bindings, Budget budget) {
        var frame =
                new Frame(bindings, slots, Math.min(Budget.PER_CALL, Math.max(0, budget.left())));
        try {
            return step.evaluate(frame);
        } catch (StackOverflowError e) {
            throw new CelFailure("expression is nested too deeply");
        } finally {
            budget.spend(frame.cost());
        }
    }
}
