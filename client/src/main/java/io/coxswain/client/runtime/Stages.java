package io.coxswain.client.runtime;

import io.coxswain.api.schema.ApiError;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View.Failure;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Performs plans: stage after stage, the steps of one stage several at a time. The first step that
/// fails lets those that have begun finish and ends the plan.
final class Stages {

    private static final Logger LOG = LoggerFactory.getLogger(Stages.class);

    private final Performer performer;
    private final int atOnce;

    /// How far a plan came.
    ///
    /// @param fences what was written, by a failed plan too
    /// @param failure the step that the server refused, if one was
    record Outcome(
            boolean completed,
            List<Fence> fences,
            @Nullable Failure failure,
            @Nullable Duration again) {

        /// The controller itself threw.
        static final Outcome FAULT = new Outcome(false, List.of(), null, null);
    }

    Stages(Performer performer, int atOnce) {
        this.performer = performer;
        this.atOnce = atOnce;
    }

    Outcome perform(Plan plan) {
        var run = new Run();
        for (var stage : plan.stages()) {
            run.perform(stage);
            if (run.failed.get()) {
                return new Outcome(false, List.copyOf(run.fences), run.failure.get(), null);
            }
        }
        return new Outcome(true, List.copyOf(run.fences), null, plan.again());
    }

    private final class Run {
        private final Queue<Fence> fences = new ConcurrentLinkedQueue<>();
        private final AtomicReference<@Nullable Failure> failure = new AtomicReference<>();
        private final AtomicBoolean failed = new AtomicBoolean();

        void perform(List<Step> stage) {
            var next = new AtomicInteger();
            var helpers = new ArrayList<Thread>();
            for (var i = 1; i < Math.min(atOnce, stage.size()); i++) {
                helpers.add(Thread.ofVirtual().start(() -> work(stage, next)));
            }
            work(stage, next);
            for (var helper : helpers) {
                join(helper);
            }
        }

        private void work(List<Step> stage, AtomicInteger next) {
            for (var i = next.getAndIncrement();
                    i < stage.size() && !failed.get();
                    i = next.getAndIncrement()) {
                performSafely(stage.get(i));
            }
        }

        private void performSafely(Step step) {
            try {
                performer.perform(step, fences::add);
            } catch (ApiError error) {
                failure.compareAndSet(null, new Failure(step, error));
                failed.set(true);
            } catch (UncheckedIOException error) {
                LOG.debug("no answer to a step", error);
                failed.set(true);
            } catch (RuntimeException fault) {
                LOG.error("a step could not be performed: {}", step.getClass(), fault);
                failed.set(true);
            }
        }

        private void join(Thread helper) {
            try {
                helper.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                failed.set(true);
            }
        }
    }
}
