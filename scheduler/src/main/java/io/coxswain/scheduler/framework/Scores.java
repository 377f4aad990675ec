package io.coxswain.scheduler.framework;

import java.util.function.LongUnaryOperator;

/// The scores of the feasible nodes, to be normalised.
///
/// @param slots which nodes are feasible
/// @param values scores by slot
public record Scores(int[] slots, long[] values) {

    public long max() {
        var max = Long.MIN_VALUE;
        for (var slot : slots) {
            max = Math.max(max, values[slot]);
        }
        return max;
    }

    public long min() {
        var min = Long.MAX_VALUE;
        for (var slot : slots) {
            min = Math.min(min, values[slot]);
        }
        return min;
    }

    public void each(LongUnaryOperator change) {
        for (var slot : slots) {
            values[slot] = change.applyAsLong(values[slot]);
        }
    }

    /// The highest becomes 100, the others in proportion.
    public void highestFirst() {
        var max = max();
        each(value -> max == 0 ? 0 : value * NodeScore.MAX / max);
    }

    /// The highest becomes 0, zero becomes 100.
    public void lowestFirst() {
        var max = max();
        each(value -> max == 0 ? NodeScore.MAX : NodeScore.MAX - value * NodeScore.MAX / max);
    }
}
