package io.coxswain.bench.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.bench.linear.Call.Op;
import io.coxswain.bench.linear.Call.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LinearizabilityTest {

    private final List<Call> calls = new ArrayList<>();

    private void call(Op op, Result result, long invoked, long returned) {
        calls.add(new Call(calls.size(), op, result, invoked, returned));
    }

    private void created(long value, long invoked, long returned) {
        call(new Op.Create(value), new Result.Done(), invoked, returned);
    }

    private void found(long value, long invoked, long returned) {
        call(new Op.Read(), new Result.Found(value), invoked, returned);
    }

    private boolean holds() {
        return Linearizability.holds(calls);
    }

    @Test
    void oneAfterTheOtherHolds() {
        created(1, 0, 1);
        found(1, 2, 3);
        call(new Op.Swap(1, 2), new Result.Done(), 4, 5);
        found(2, 6, 7);
        call(new Op.Delete(2), new Result.Done(), 8, 9);
        call(new Op.Read(), new Result.Missing(), 10, 11);
        assertThat(holds()).isTrue();
    }

    @Test
    void aStaleReadDoesNotHold() {
        created(1, 0, 1);
        call(new Op.Swap(1, 2), new Result.Done(), 2, 3);
        found(1, 4, 5);
        assertThat(holds()).isFalse();
        assertThat(Linearizability.shortestBroken(calls)).hasSize(3);
    }

    @Test
    void aReadBesideAWriteMaySeeEither() {
        created(1, 0, 1);
        call(new Op.Swap(1, 2), new Result.Done(), 2, 9);
        found(1, 3, 4);
        found(2, 5, 6);
        assertThat(holds()).isTrue();
    }

    @Test
    void aReadBesideAWriteMustNotGoBack() {
        created(1, 0, 1);
        call(new Op.Swap(1, 2), new Result.Done(), 2, 9);
        found(2, 3, 4);
        found(1, 5, 6);
        assertThat(holds()).isFalse();
    }

    @Test
    void aLostUpdateDoesNotHold() {
        created(1, 0, 1);
        call(new Op.Swap(1, 2), new Result.Done(), 2, 6);
        call(new Op.Swap(1, 3), new Result.Done(), 3, 7);
        assertThat(holds()).isFalse();
    }

    @Test
    void twoCreationsOfOneNameDoNotHold() {
        created(1, 0, 5);
        created(2, 1, 6);
        assertThat(holds()).isFalse();
    }

    @Test
    void aValueThatNobodyWroteDoesNotHold() {
        created(1, 0, 1);
        found(7, 2, 3);
        assertThat(holds()).isFalse();
    }

    @Test
    void aWriteWithoutAnswerMayHappenLateOrNever() {
        created(1, 0, 1);
        call(new Op.Put(2), new Result.Unknown(), 2, Call.NEVER);
        found(1, 3, 4);
        assertThat(holds()).isTrue();
        found(2, 5, 6);
        assertThat(holds()).isTrue();
        found(1, 7, 8);
        assertThat(holds()).isFalse();
    }

    @Test
    void anUnacknowledgedWriteThatIsSeenIsThereForGood() {
        call(new Op.Create(1), new Result.Unknown(), 0, Call.NEVER);
        found(1, 1, 2);
        call(new Op.Read(), new Result.Missing(), 3, 4);
        assertThat(holds()).isFalse();
    }

    @Test
    void aRefusalNeedsAReason() {
        created(1, 0, 1);
        call(new Op.Swap(1, 2), new Result.Refused(), 2, 3);
        assertThat(holds()).isFalse();
    }

    @Test
    void aDeletedObjectDoesNotComeBack() {
        created(1, 0, 1);
        call(new Op.Delete(0), new Result.Done(), 2, 3);
        found(1, 4, 5);
        assertThat(holds()).isFalse();
    }

    /// Many clients on one real register: holds; with one answer changed: does not.
    @Test
    void longHistoriesAreToldApart() {
        for (var seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var history = new ArrayList<>(real(random, 400));
            assertThat(Linearizability.holds(history)).isTrue();

            var reads =
                    IntStream.range(0, history.size())
                            .filter(i -> history.get(i).result() instanceof Result.Found)
                            .toArray();
            var at = reads[random.nextInt(reads.length)];
            var read = history.get(at);
            var wrong = new Result.Found(1_000_000);
            history.set(
                    at, new Call(read.client(), read.op(), wrong, read.invoked(), read.returned()));
            assertThat(Linearizability.holds(history)).isFalse();
        }
    }

    /// Calls that take effect in their order, each at some moment of an interval that overlaps
    /// others.
    private static List<Call> real(Random random, int count) {
        var history = new ArrayList<Call>();
        var state = Register.ABSENT;
        for (var i = 1; i <= count; i++) {
            var invoked = i * 10L - random.nextInt(60);
            var returned = i * 10L + random.nextInt(60);
            Op op;
            Result result;
            switch (random.nextInt(4)) {
                case 0 -> {
                    op = new Op.Put(i);
                    result = state == 0 ? new Result.Missing() : new Result.Done();
                    state = state == 0 ? 0 : i;
                }
                case 1 -> {
                    op = new Op.Create(i);
                    result = state == 0 ? new Result.Done() : new Result.Refused();
                    state = state == 0 ? i : state;
                }
                default -> {
                    op = new Op.Read();
                    result = state == 0 ? new Result.Missing() : new Result.Found(state);
                }
            }
            history.add(new Call(i, op, result, invoked, returned));
        }
        return history;
    }
}
