package io.coxswain.apiserver.cel;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// The variables an expression may use, and a compiler for expressions that use them.
///
/// ```java
/// var environment = new CelEnvironment(Map.of("self", DeclType.DYN));
/// if (environment.compile("self.replicas <= 3") instanceof Compiled(var program)) {
///     program.evaluate(name -> Values.of(tree), new Budget(Budget.PER_OBJECT)); // true
/// }
/// ```
/// Nothing of the compiler is loaded before the first expression; expressions compiled before are
/// remembered. For any number of threads.
public final class CelEnvironment {

    /// What became of a text.
    public sealed interface Compilation {}

    public record Compiled(Program program) implements Compilation {}

    /// @param message upstream's, with the place: `ERROR: <input>:1:1: …`
    public record Rejected(String message) implements Compilation {}

    private static final int REMEMBERED_MAX = 2_000;

    private final Map<String, DeclType> variables;
    private final Collection<DeclType.ObjectOf> literals;
    private final ConcurrentMap<String, Compilation> known = new ConcurrentHashMap<>();
    private @Nullable Checker checker;

    public CelEnvironment(Map<String, DeclType> variables) {
        this(variables, List.of());
    }

    /// @param literals types an expression may write objects of, besides those of its variables
    public CelEnvironment(Map<String, DeclType> variables, Collection<DeclType.ObjectOf> literals) {
        this.variables = new LinkedHashMap<>(variables);
        this.literals = List.copyOf(literals);
    }

    public Compilation compile(String expression) {
        var before = known.get(expression);
        if (before != null) {
            return before;
        }
        var compiled = compileNew(expression);
        if (known.size() < REMEMBERED_MAX) {
            known.put(expression, compiled);
        }
        return compiled;
    }

    private synchronized Compilation compileNew(String expression) {
        var current = checker;
        if (current == null) {
            current = new Checker(variables, literals);
            checker = current;
        }
        return switch (current.check(expression)) {
            case Checker.Checked.Wrong(var message) -> new Rejected(message);
            case Checker.Checked.Valid(var tree) -> {
                var plan = new Planner(tree).plan();
                var type = tree.getResultType();
                var estimate = new CostEstimator(tree, variables, current.types()).estimate();
                yield new Compiled(
                        new Program(
                                expression,
                                plan,
                                current.types().back(type),
                                Types.text(type),
                                estimate));
            }
        };
    }
}
