package io.coxswain.bench.linear;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Decides whether the calls on one object can be put in one order in which each takes effect at
/// some moment between its request and its answer.
///
/// The search of Wing and Gong with Lowe's memory of places it has been to: take any call that
/// began before the first answer still open, try it next, go back when nothing fits. Objects are
/// independent, so each is searched by itself.
final class Linearizability {

    private final Node head = new Node(null, -1);
    private final int count;

    private Linearizability(List<Call> calls) {
        this.count = calls.size();
        record Moment(long time, boolean answer, int call) {}
        var moments = new ArrayList<Moment>();
        for (var i = 0; i < calls.size(); i++) {
            moments.add(new Moment(calls.get(i).invoked(), false, i));
            moments.add(new Moment(calls.get(i).returned(), true, i));
        }
        // At one moment requests come first: whoever overlaps may be in either order.
        moments.sort(Comparator.comparingLong(Moment::time).thenComparing(Moment::answer));
        var requests = new Node[calls.size()];
        var last = head;
        for (var moment : moments) {
            var node = new Node(moment.answer() ? null : calls.get(moment.call()), moment.call());
            if (moment.answer()) {
                requests[moment.call()].answer = node;
            } else {
                requests[moment.call()] = node;
            }
            last.next = node;
            node.previous = last;
            last = node;
        }
    }

    /// Whether these calls on an object that did not exist before could have been answered so.
    static boolean holds(List<Call> calls) {
        return new Linearizability(calls).search();
    }

    /// The first answer that is wrong whatever the order: the shortest part of the history, from
    /// its beginning, that does not hold. Empty when all of it does.
    static List<Call> shortestBroken(List<Call> calls) {
        var byAnswer = calls.stream().sorted(Comparator.comparingLong(Call::returned)).toList();
        var low = 0;
        var high = byAnswer.size();
        if (holds(calls)) {
            return List.of();
        }
        while (low + 1 < high) {
            var middle = (low + high) >>> 1;
            if (holds(upTo(calls, byAnswer.get(middle - 1).returned()))) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return upTo(calls, byAnswer.get(high - 1).returned());
    }

    /// What had begun by `time`; what was not answered by then is not known.
    private static List<Call> upTo(List<Call> calls, long time) {
        return calls.stream()
                .filter(call -> call.invoked() <= time)
                .map(call ->
                        call.returned() <= time
                                ? call
                                : new Call(
                                        call.client(),
                                        call.op(),
                                        new Call.Result.Unknown(),
                                        call.invoked(),
                                        Call.NEVER))
                .toList();
    }

    private record Place(BitSet done, long state) {}

    private record Step(Node node, long before) {}

    private boolean search() {
        var been = new HashSet<Place>();
        var steps = new ArrayDeque<Step>();
        var done = new BitSet(count);
        var state = Register.ABSENT;
        var node = head.next;
        while (head.next != null) {
            var at = Objects.requireNonNull(node);
            if (at.call == null) {
                if (steps.isEmpty()) {
                    return false;
                }
                var step = steps.pop();
                done.clear(step.node().index);
                state = step.before();
                step.node().putBack();
                node = step.node().next;
                continue;
            }
            var next = Register.after(state, at.call);
            if (next != Register.IMPOSSIBLE) {
                var now = (BitSet) done.clone();
                now.set(at.index);
                if (been.add(new Place(now, next))) {
                    steps.push(new Step(at, state));
                    state = next;
                    done = now;
                    at.takeOut();
                    node = head.next;
                    continue;
                }
            }
            node = at.next;
        }
        return true;
    }

    /// A request (with its call) or an answer (without), in order of time.
    private static final class Node {
        final @Nullable Call call;
        final int index;
        @Nullable Node answer;
        @Nullable Node previous;
        @Nullable Node next;

        Node(@Nullable Call call, int index) {
            this.call = call;
            this.index = index;
        }

        void takeOut() {
            unlink(this);
            unlink(answer);
        }

        void putBack() {
            link(answer);
            link(this);
        }

        private static void unlink(@Nullable Node node) {
            if (node == null || node.previous == null) {
                return;
            }
            node.previous.next = node.next;
            if (node.next != null) {
                node.next.previous = node.previous;
            }
        }

        private static void link(@Nullable Node node) {
            if (node == null || node.previous == null) {
                return;
            }
            node.previous.next = node;
            if (node.next != null) {
                node.next.previous = node;
            }
        }
    }
}
