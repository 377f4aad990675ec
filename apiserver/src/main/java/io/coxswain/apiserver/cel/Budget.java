package io.coxswain.apiserver.cel;

/// What the expressions of one request may still cost. Not for several threads.
public final class Budget {

    /// What one evaluation may cost at most (upstream's `PerCallLimit`).
    public static final long PER_CALL = 1_000_000;

    /// What all rules of one object may cost (upstream's `RuntimeCELCostBudget`).
    public static final long PER_OBJECT = 10_000_000;

    private long left;
    private long spent;

    public Budget(long limit) {
        this.left = limit;
    }

    public long left() {
        return left;
    }

    public long spent() {
        return spent;
    }

    public boolean exhausted() {
        return left < 0;
    }

    void spend(long cost) {
        left -= cost;
        spent += cost;
    }
}
