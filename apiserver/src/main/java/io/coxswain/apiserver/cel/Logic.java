package io.coxswain.apiserver.cel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The operators that may leave out an operand. `&&` and `||` come to a result in spite of a failed
/// operand when the other decides.
final class Logic {

    private Logic() {}

    record And(Step left, Step right) implements Step {

        @Override
        public Object evaluate(Frame frame) {
            return decide(left, right, frame, false);
        }
    }

    record Or(Step left, Step right) implements Step {

        @Override
        public Object evaluate(Frame frame) {
            return decide(left, right, frame, true);
        }
    }

    record Choice(Step condition, Step yes, Step no) implements Step {

        @Override
        public Object evaluate(Frame frame) {
            if (condition.evaluate(frame) instanceof Boolean flag) {
                return flag ? yes.evaluate(frame) : no.evaluate(frame);
            }
            throw CelFailure.noSuchOverload();
        }
    }

    record NotStrictlyFalse(Step operand) implements Step {

        @Override
        public Object evaluate(Frame frame) {
            var result = true;
            try {
                result = !Boolean.FALSE.equals(operand.evaluate(frame));
            } catch (CelFailure failure) {
                if (failure.costExceeded()) {
                    throw failure;
                }
            }
            frame.charge(1);
            return result;
        }
    }

    record OptionalOr(Step left, Step right) implements Step {

        @Override
        public Object evaluate(Frame frame) {
            if (left.evaluate(frame) instanceof Optional<?> optional) {
                return optional.isPresent() ? optional : right.evaluate(frame);
            }
            throw CelFailure.noSuchOverload();
        }
    }

    record OptionalOrValue(Step left, Step right) implements Step {

        @Override
        public Object evaluate(Frame frame) {
            if (left.evaluate(frame) instanceof Optional<?> optional) {
                return optional.isPresent() ? optional.get() : right.evaluate(frame);
            }
            throw CelFailure.noSuchOverload();
        }
    }

    /// The value that decides whatever the other operand is, else what is left.
    private static Object decide(Step left, Step right, Frame frame, boolean deciding) {
        CelFailure failed = null;
        try {
            if (bool(left.evaluate(frame)) == deciding) {
                return deciding;
            }
        } catch (CelFailure failure) {
            failed = passing(failure);
        }
        var last = bool(right, frame, failed);
        if (last == deciding) {
            return deciding;
        }
        if (failed != null) {
            throw failed;
        }
        return last;
    }

    private static boolean bool(Step step, Frame frame, @Nullable CelFailure before) {
        try {
            return bool(step.evaluate(frame));
        } catch (CelFailure failure) {
            throw before == null || failure.costExceeded() ? failure : before;
        }
    }

    private static CelFailure passing(CelFailure failure) {
        if (failure.costExceeded()) {
            throw failure;
        }
        return failure;
    }

    private static boolean bool(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw CelFailure.noSuchOverload();
    }
}
