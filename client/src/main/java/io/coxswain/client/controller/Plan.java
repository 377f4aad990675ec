package io.coxswain.client.controller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a controller wants done: stages in order, the steps of one stage in any order. A stage
/// whose step fails ends the plan; the key is tried again with back-off.
///
/// @param again when to look at the object again even if nothing changes; null for never
public record Plan(List<List<Step>> stages, @Nullable Duration again) {

    public static final Plan NOTHING = new Plan(List.of(), null);

    public static Plan of(Step... steps) {
        return of(Stream.of(steps));
    }

    public static Plan of(Stream<? extends Step> steps) {
        List<Step> stage = steps.<Step>map(step -> step).toList();
        return stage.isEmpty() ? NOTHING : new Plan(List.of(stage), null);
    }

    /// This plan and then one more stage.
    public Plan then(Step... steps) {
        return then(of(steps));
    }

    /// This plan and then the stages of `next`; the earlier of both times to look again.
    public Plan then(Plan next) {
        var all = new ArrayList<>(stages);
        all.addAll(next.stages);
        var sooner =
                again == null || (next.again != null && next.again.compareTo(again) < 0)
                        ? next.again
                        : again;
        return new Plan(List.copyOf(all), sooner);
    }

    /// This plan, looked at again after `delay`.
    public Plan again(Duration delay) {
        return then(new Plan(List.of(), delay));
    }

    /// All steps, in order.
    public Stream<Step> steps() {
        return stages.stream().flatMap(List::stream);
    }
}
