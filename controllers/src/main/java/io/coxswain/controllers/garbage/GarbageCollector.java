package io.coxswain.controllers.garbage;

import io.coxswain.api.apiextensions.CustomResourceDefinition;
import io.coxswain.api.apiregistration.APIService;
import io.coxswain.api.meta.ObjectMeta.OwnerReference;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Resource;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.Informers;
import io.coxswain.client.controller.Registration;
import io.coxswain.client.runtime.WorkQueue;
import io.coxswain.controllers.garbage.Verdict.OwnerState;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deletes what its owners left behind.
///
/// It trusts its graph for owners that it watches, once every watch has its first list, and asks
/// the server about all others. An owner that the server knows under another UID, or not in the
/// dependent's namespace, is gone; one of a kind the server does not know is left alone.
public final class GarbageCollector implements Loop, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollector.class);
    private static final Duration DISCOVERY_RETRY = Duration.ofSeconds(5);
    private static final int PER_RUN_MAX = 200;

    private final Informers informers;
    private final Loops loops;
    private final Requests requests;
    private final Monitors monitors;
    private final Graph graph = new Graph();
    private final Queue<Change> changes = new ConcurrentLinkedQueue<>();
    private final WorkQueue<String> queue;
    private volatile Instant discoverAt = Instant.MIN;
    private volatile Loops.@Nullable Running running;

    /// @param cached the kinds whose informers this process runs anyway
    public GarbageCollector(
            Client client,
            Informers informers,
            Loops loops,
            Set<Class<? extends Resource>> cached) {
        this.informers = informers;
        this.loops = loops;
        this.requests = new Requests(client);
        this.monitors = new Monitors(client, loops, this::changed, this::wake);
        this.queue = new WorkQueue<>(loops.clock(), this::wake);
        monitors.use(informers, cached);
    }

    public void start() {
        var loop = loops.start("garbage-collector", this);
        running = loop;
        loop.wake();
        informers.of(CustomResourceDefinition.class).onChange((before, after) -> discoverSoon());
        informers.of(APIService.class).onChange((before, after) -> discoverSoon());
    }

    @Override
    public void close() {
        var loop = running;
        if (loop != null) {
            loop.stop();
        }
        monitors.close();
    }

    @Override
    public Next runOnce() {
        var now = loops.clock().now();
        if (!discoverAt.isAfter(now)) {
            discover(now);
        }
        for (var change = changes.poll(); change != null; change = changes.poll()) {
            switch (change) {
                case Change.Seen(var object) -> graph.see(object);
                case Change.Gone(var uid) -> graph.forget(uid);
            }
        }
        if (!monitors.synced()) {
            return next();
        }
        graph.takeSuspects().forEach(queue::add);
        for (var taken = 0; taken < PER_RUN_MAX; taken++) {
            var uid = queue.poll();
            if (uid == null) {
                return graph.hasSuspects() ? Next.AGAIN : next();
            }
            attempt(uid);
        }
        return Next.AGAIN;
    }

    private void discover(Instant now) {
        discoverAt = Instant.MAX;
        try {
            if (!monitors.refresh()) {
                discoverAt = now.plus(DISCOVERY_RETRY);
            }
        } catch (ApiError | UncheckedIOException error) {
            LOG.debug("discovery: {}", error.getMessage());
            discoverAt = now.plus(DISCOVERY_RETRY);
        }
    }

    private Next next() {
        var delayed = queue.nextDelayed();
        var at = delayed == null || discoverAt.isBefore(delayed) ? discoverAt : delayed;
        return at.equals(Instant.MAX) ? Next.WHEN_WOKEN : Next.at(at);
    }

    private void attempt(String uid) {
        try {
            var vertex = graph.find(uid);
            if (vertex != null) {
                settle(vertex);
            }
            queue.forget(uid);
        } catch (ApiError | UncheckedIOException error) {
            LOG.debug("{}: {}", uid, error.getMessage());
            queue.addAfterFailure(uid);
        } finally {
            queue.done(uid);
        }
    }

    private void settle(Graph.Vertex vertex) {
        var object = vertex.observed();
        if (object == null) {
            lookUp(vertex);
            return;
        }
        var kind = monitors.kind(object.identity());
        if (kind == null) {
            return;
        }
        var blocking = graph.blocking(vertex);
        var dependents = graph.dependents(vertex);
        var verdict =
                Verdict.of(
                        object,
                        !blocking.isEmpty(),
                        !dependents.isEmpty(),
                        owner -> state(object.identity(), owner));
        switch (verdict) {
            case Verdict.Keep() -> {}
            case Verdict.Disown(var owners) -> requests.disown(kind, object, Set.copyOf(owners));
            case Verdict.Delete(var propagation) -> {
                if (propagation.equals("Foreground")
                        && dependents.stream().anyMatch(GarbageCollector::waits)) {
                    requests.unblockOwners(kind, object);
                }
                requests.delete(kind, object, propagation);
            }
            case Verdict.Unblock() -> requests.release(kind, object, Observed.FOREGROUND);
            case Verdict.AwaitDependents() ->
                    blocking.stream()
                            .filter(one -> !waits(one))
                            .forEach(one -> queue.add(one.identity().uid()));
            case Verdict.Orphan() -> {
                orphan(vertex);
                requests.release(kind, object, Observed.ORPHAN);
            }
        }
    }

    /// Finds out whether an owner that only dependents told of exists.
    private void lookUp(Graph.Vertex vertex) {
        var identity = vertex.identity();
        var kind = monitors.kind(identity);
        if (kind == null) {
            return;
        }
        var namespace = kind.namespaced() ? identity.namespace() : "";
        if (kind.namespaced() && namespace.isEmpty()) {
            return; // An object of the whole cluster cannot be owned by one of a namespace.
        }
        var found = requests.find(kind, namespace, identity.name());
        if (found == null || !found.identity().uid().equals(identity.uid())) {
            graph.forget(identity.uid());
        }
    }

    private void orphan(Graph.Vertex owner) {
        var uid = owner.identity().uid();
        for (var dependent : graph.dependents(owner)) {
            var object = dependent.observed();
            var kind = object == null ? null : monitors.kind(object.identity());
            if (object != null && kind != null) {
                requests.disown(kind, object, Set.of(uid));
            }
        }
    }

    private OwnerState state(Identity dependent, OwnerReference owner) {
        var vertex = graph.find(owner.uid());
        var known = vertex == null ? null : vertex.observed();
        if (known != null && sameObject(dependent, owner, known.identity())) {
            return known.waitsForDependents() ? OwnerState.WAITING : OwnerState.ALIVE;
        }
        var wanted =
                new Identity(
                        owner.apiVersion(),
                        owner.kind(),
                        dependent.namespace(),
                        owner.name(),
                        owner.uid());
        var kind = monitors.kind(wanted);
        if (kind == null || (kind.namespaced() && dependent.namespace().isEmpty())) {
            return OwnerState.ALIVE;
        }
        var found =
                requests.find(kind, kind.namespaced() ? dependent.namespace() : "", owner.name());
        if (found == null || !found.identity().uid().equals(owner.uid())) {
            return OwnerState.GONE;
        }
        return found.waitsForDependents() ? OwnerState.WAITING : OwnerState.ALIVE;
    }

    /// Whether the reference names the object with its UID rightly: kind, name and namespace too.
    private static boolean sameObject(Identity dependent, OwnerReference owner, Identity known) {
        var group = new Identity(owner.apiVersion(), owner.kind(), "", owner.name(), owner.uid());
        return known.kind().equals(owner.kind())
                && known.group().equals(group.group())
                && known.name().equals(owner.name())
                && (known.namespace().isEmpty() || known.namespace().equals(dependent.namespace()));
    }

    private static boolean waits(Graph.Vertex vertex) {
        var object = vertex.observed();
        return object != null && object.waitsForDependents();
    }

    private void changed(Change change) {
        changes.add(change);
        wake();
    }

    private void discoverSoon() {
        discoverAt = loops.clock().now().plusSeconds(1);
        wake();
    }

    private void wake() {
        var loop = running;
        if (loop != null) {
            loop.wake();
        }
    }

    /// The kinds that a list of registrations reads.
    public static Set<Class<? extends Resource>> kindsOf(
            Iterable<? extends Registration<?>> registrations) {
        var kinds = new HashSet<Class<? extends Resource>>();
        registrations.forEach(registration -> {
            kinds.add(registration.type());
            registration.triggers().forEach(trigger -> kinds.add(trigger.type()));
        });
        return kinds;
    }
}
