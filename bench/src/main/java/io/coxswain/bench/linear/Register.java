package io.coxswain.bench.linear;

import io.coxswain.bench.linear.Call.Op;
import io.coxswain.bench.linear.Call.Result;

/// One object as a single copy would behave, one request at a time.
final class Register {

    static final long ABSENT = 0;

    /// No state: the answer cannot have been given.
    static final long IMPOSSIBLE = -1;

    private Register() {}

    /// The value after `call` on an object that has `state`; [#IMPOSSIBLE] when the answer is
    /// wrong.
    static long after(long state, Call call) {
        return switch (call.op()) {
            case Op.Create(var value) -> write(state, state == ABSENT, false, value, call.result());
            case Op.Swap(var expected, var value) ->
                    write(state, state == expected, state == ABSENT, value, call.result());
            case Op.Put(var value) ->
                    write(state, state != ABSENT, state == ABSENT, value, call.result());
            case Op.Delete(var expected) ->
                    write(
                            state,
                            state != ABSENT && (expected == 0 || expected == state),
                            state == ABSENT,
                            ABSENT,
                            call.result());
            case Op.Read() -> read(state, call.result());
        };
    }

    private static long read(long state, Result result) {
        return switch (result) {
            case Result.Found(var value) -> value == state ? state : IMPOSSIBLE;
            case Result.Missing() -> state == ABSENT ? state : IMPOSSIBLE;
            case Result.Unknown() -> state;
            case Result.Done(), Result.Refused() -> IMPOSSIBLE;
        };
    }

    /// @param possible whether the write's condition holds
    /// @param missing whether it would find no object
    private static long write(
            long state, boolean possible, boolean missing, long value, Result result) {
        return switch (result) {
            case Result.Done() -> possible ? value : IMPOSSIBLE;
            case Result.Refused() -> possible || missing ? IMPOSSIBLE : state;
            case Result.Missing() -> missing ? state : IMPOSSIBLE;
            case Result.Unknown() -> possible ? value : state;
            case Result.Found(var _) -> IMPOSSIBLE;
        };
    }
}
