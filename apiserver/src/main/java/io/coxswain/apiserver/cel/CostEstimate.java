package io.coxswain.apiserver.cel;

/// The least and the most an evaluation may cost; the most is `Long.MAX_VALUE` where nothing limits
/// it.
public record CostEstimate(long min, long max) {

    static final CostEstimate ZERO = new CostEstimate(0, 0);

    static CostEstimate fixed(long cost) {
        return new CostEstimate(cost, cost);
    }

    CostEstimate plus(CostEstimate other) {
        return new CostEstimate(add(min, other.min), add(max, other.max));
    }

    CostEstimate plus(long cost) {
        return new CostEstimate(add(min, cost), add(max, cost));
    }

    CostEstimate times(CostEstimate other) {
        return new CostEstimate(multiply(min, other.min), multiply(max, other.max));
    }

    /// By a factor of traversal, rounded up.
    CostEstimate times(double factor) {
        return new CostEstimate(scale(min, factor), scale(max, factor));
    }

    CostEstimate union(CostEstimate other) {
        return new CostEstimate(Math.min(min, other.min), Math.max(max, other.max));
    }

    static long add(long a, long b) {
        var sum = a + b;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    static long multiply(long a, long b) {
        if (a == 0 || b == 0) {
            return 0;
        }
        return Math.multiplyHigh(a, b) != 0 || a * b < 0 ? Long.MAX_VALUE : a * b;
    }

    static long scale(long a, double factor) {
        var scaled = Math.ceil(a * factor);
        return scaled >= 0x1p63 ? Long.MAX_VALUE : (long) scaled;
    }
}
