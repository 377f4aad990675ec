package io.coxswain.bench.linear;

/// One request about one object and what came of it.
///
/// Every write has a value of its own, so a value stands for a version of the object.
///
/// @param invoked when it was sent
/// @param returned when the answer was there; [#NEVER] when none came and the request may still be
///     carried out
record Call(int client, Op op, Result result, long invoked, long returned) {

    static final long NEVER = Long.MAX_VALUE;

    /// What was asked for. A value of 0 stands for none.
    sealed interface Op {
        record Create(long value) implements Op {}

        record Read() implements Op {}

        /// An update that names the version it replaces, by that version's value.
        record Swap(long expected, long value) implements Op {}

        /// An update or a patch of whatever is there.
        record Put(long value) implements Op {}

        /// @param expected the version to delete; 0 for any
        record Delete(long expected) implements Op {}
    }

    /// What the server said.
    sealed interface Result {
        /// The write was done.
        record Done() implements Result {}

        record Found(long value) implements Result {}

        /// There is no such object.
        record Missing() implements Result {}

        /// The object is there already, or at another version.
        record Refused() implements Result {}

        /// It was done, or it was not, or it will be.
        record Unknown() implements Result {}
    }
}
