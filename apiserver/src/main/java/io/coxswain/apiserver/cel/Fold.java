package io.coxswain.apiserver.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A comprehension: goes through a list or the keys of a map and gathers a result.
record Fold(Slots slots, Step range, Step init, Step condition, Step next, Step result)
        implements Step {

    /// @param second -1 for a comprehension with one variable
    record Slots(int accumulator, int first, int second) {}

    /// A list that only its comprehension can see, so it may grow.
    static final class Growing extends ArrayList<Object> {
        private static final long serialVersionUID = 1L;
    }

    /// An accumulator that could not be computed; a later item may make good for it.
    private record Failed(CelFailure failure) {}

    /// A slot's value; fails if computing it has failed.
    static Object live(Object value) {
        if (value instanceof Failed(var failure)) {
            throw failure;
        }
        return value;
    }

    @Override
    public Object evaluate(Frame frame) {
        var items = range.evaluate(frame);
        frame.slot(slots.accumulator, init.evaluate(frame));
        switch (items) {
            case List<?> list -> overList(frame, list);
            case Map<?, ?> map -> overMap(frame, map);
            default -> throw CelFailure.noSuchOverload();
        }
        return result.evaluate(frame);
    }

    private void overList(Frame frame, List<?> list) {
        for (var i = 0; i < list.size(); i++) {
            Object item = list.get(i);
            if (slots.second < 0) {
                frame.slot(slots.first, item);
            } else {
                frame.slot(slots.first, (long) i);
                frame.slot(slots.second, item);
            }
            if (!turn(frame)) {
                return;
            }
        }
    }

    private void overMap(Frame frame, Map<?, ?> map) {
        for (Object key : map.keySet()) {
            frame.slot(slots.first, key);
            if (slots.second >= 0) {
                var value = map.get(key);
                frame.slot(slots.second, value == null ? key : value);
            }
            if (!turn(frame)) {
                return;
            }
        }
    }

    private boolean turn(Frame frame) {
        if (!Boolean.TRUE.equals(condition.evaluate(frame))) {
            return false;
        }
        try {
            frame.slot(slots.accumulator, next.evaluate(frame));
        } catch (CelFailure failure) {
            if (failure.costExceeded()) {
                throw failure;
            }
            frame.slot(slots.accumulator, new Failed(failure));
        }
        return true;
    }
}
