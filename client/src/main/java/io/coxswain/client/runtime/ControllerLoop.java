package io.coxswain.client.runtime;

import io.coxswain.api.schema.Resource;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.Informer;
import io.coxswain.client.Informers;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.Registration.Trigger;
import io.coxswain.client.controller.View;
import io.coxswain.client.controller.View.Failure;
import io.coxswain.client.runtime.ControllerRuntime.Concurrency;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One controller at work: what wakes which key, and the workers that take keys from the queue.
///
/// A key that a plan was performed for stays with its worker's fence: it counts as processing
/// until the informers show what was written, so the controller never decides on a view that lacks
/// its own writes.
final class ControllerLoop<T extends Resource> implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ControllerLoop.class);

    private final Registration<T> registration;
    private final Informers informers;
    private final Loops loops;
    private final Map<Class<? extends Resource>, Informer<?>> kinds = new LinkedHashMap<>();
    private final WorkQueue<NamespacedName> queue;
    private final Performer performer;
    private final HeldKeys held;
    private final Map<NamespacedName, Failure> failures = new ConcurrentHashMap<>();
    private final List<Worker> workers = new ArrayList<>();

    ControllerLoop(
            Registration<T> registration,
            Client client,
            EventRecorder events,
            Informers informers,
            Loops loops) {
        this.registration = registration;
        this.informers = informers;
        this.loops = loops;
        this.queue = new WorkQueue<>(loops.clock(), this::wakeOne);
        this.performer = new Performer(client, events, kinds::get);
        this.held = new HeldKeys(loops.clock());
    }

    void start(Concurrency concurrency) {
        for (var i = 0; i < concurrency.workers(); i++) {
            workers.add(new Worker(new Stages(performer, concurrency.steps())));
        }
        kinds.put(registration.type(), informers.of(registration.type()));
        registration
                .triggers()
                .forEach(trigger -> kinds.put(trigger.type(), informers.of(trigger.type())));
        held.startOn(loops, registration.name() + "-fences");
        workers.forEach(Worker::start);
        follow(informers.of(registration.type()));
        registration.triggers().forEach(this::follow);
        kinds.values().forEach(informer -> informer.onSynced(this::wakeAll));
    }

    @Override
    public void close() {
        workers.forEach(Worker::stop);
        held.close();
    }

    private void follow(Informer<T> informer) {
        informer.onChange((before, after) -> {
            var object = after == null ? before : after;
            if (object != null) {
                queue.add(NamespacedName.of(object));
            }
            held.look();
        });
    }

    private <R extends Resource> void follow(Trigger<R> trigger) {
        informers
                .of(trigger.type())
                .onChange((before, after) -> {
                    var view = view(null);
                    var woken = new HashSet<NamespacedName>();
                    if (before != null) {
                        trigger.keys().apply(before, view).forEach(woken::add);
                    }
                    if (after != null) {
                        trigger.keys().apply(after, view).forEach(woken::add);
                    }
                    woken.forEach(queue::add);
                    held.look();
                });
    }

    private View view(@Nullable Failure failure) {
        Set<Class<? extends Resource>> readable = kinds.keySet();
        return new ReconcileView(informers.view(), readable, failure);
    }

    private boolean synced() {
        return kinds.values().stream().allMatch(Informer::synced);
    }

    private void wakeAll() {
        if (synced()) {
            workers.forEach(Worker::wake);
        }
    }

    private void wakeOne() {
        for (var worker : workers) {
            if (worker.idle.compareAndSet(true, false)) {
                worker.wake();
                return;
            }
        }
    }

    private final class Worker implements Loop {
        private final Stages stages;
        private final AtomicBoolean idle = new AtomicBoolean();
        private volatile Loops.@Nullable Running running;

        Worker(Stages stages) {
            this.stages = stages;
        }

        void start() {
            var started = loops.start(registration.name(), this);
            running = started;
            started.wake();
        }

        void stop() {
            var started = running;
            if (started != null) {
                started.stop();
            }
        }

        void wake() {
            var started = running;
            if (started != null) {
                started.wake();
            }
        }

        @Override
        public Next runOnce() {
            if (!synced()) {
                return Next.WHEN_WOKEN;
            }
            var key = queue.poll();
            if (key == null) {
                idle.set(true);
                // What was added before anyone could see this worker idle woke nobody.
                key = queue.poll();
            }
            if (key == null) {
                var next = queue.nextDelayed();
                return next == null ? Next.WHEN_WOKEN : Next.at(next);
            }
            idle.set(false);
            process(key);
            return Next.AGAIN;
        }

        private void process(NamespacedName key) {
            Stages.Outcome outcome;
            try {
                outcome = stages.perform(reconcile(key));
            } catch (RuntimeException fault) {
                LOG.error("{} {}", registration.name(), key, fault);
                outcome = Stages.Outcome.FAULT;
            }
            var end = outcome;
            held.until(end.fences(), () -> finish(key, end));
        }

        private Plan reconcile(NamespacedName key) {
            var view = view(failures.get(key));
            var object = view.find(registration.type(), key.namespace(), key.name());
            return object == null
                    ? registration.controller().gone(key.namespace(), key.name(), view)
                    : registration.controller().reconcile(object, view);
        }
    }

    private void finish(NamespacedName key, Stages.Outcome outcome) {
        var failure = outcome.failure();
        if (failure == null) {
            failures.remove(key);
        } else {
            LOG.debug("{} {}: {}", registration.name(), key, failure.error().getMessage());
            failures.put(key, failure);
        }
        if (outcome.completed()) {
            queue.forget(key);
            var again = outcome.again();
            if (again != null) {
                queue.addAfter(key, again);
            }
        } else {
            queue.addAfterFailure(key);
        }
        queue.done(key);
    }
}
