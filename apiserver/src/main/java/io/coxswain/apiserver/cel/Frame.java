package io.coxswain.apiserver.cel;

import org.jspecify.annotations.Nullable;

/// One evaluation under way: the variables, those of comprehensions by slot, and what it has cost.
final class Frame {

    private final Bindings bindings;
    private final @Nullable Object[] slots;
    private final long limit;
    private long cost;

    Frame(Bindings bindings, int slots, long limit) {
        this.bindings = bindings;
        this.slots = new Object[slots];
        this.limit = limit;
    }

    Object variable(String name) {
        var value = bindings.find(name);
        if (value == null) {
            throw new CelFailure("no such attribute(s): " + name);
        }
        return value;
    }

    Object slot(int index) {
        var value = slots[index];
        if (value == null) {
            throw new IllegalStateException("slot " + index + " is empty");
        }
        return value;
    }

    void slot(int index, Object value) {
        slots[index] = value;
    }

    void charge(long amount) {
        cost += amount;
        if (cost > limit || cost < 0) {
            throw CelFailure.tooCostly();
        }
    }

    long cost() {
        return cost;
    }
}
