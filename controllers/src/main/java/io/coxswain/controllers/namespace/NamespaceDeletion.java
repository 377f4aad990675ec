package io.coxswain.controllers.namespace;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Namespace.NamespaceSpec;
import io.coxswain.api.core.Namespace.NamespaceStatus;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.Discovery;
import io.coxswain.client.Informer;
import io.coxswain.client.Informers;
import io.coxswain.client.runtime.WorkQueue;
import io.coxswain.http.Payload;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Empties namespaces that are being deleted and then lets them go.
///
/// Pods go first, as they may rely on everything else; then all other resources the server has,
/// custom ones too. What is left (by finalizers, or pods that take their time) is reported in
/// the conditions and looked at again. No [io.coxswain.client.controller.Controller], because no
/// view holds every resource there is.
public final class NamespaceDeletion implements Loop, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(NamespaceDeletion.class);
    private static final String FINALIZER = "kubernetes";
    private static final Duration LOOK_AGAIN_MAX = Duration.ofSeconds(15);

    private final Client client;
    private final Informer<Namespace> namespaces;
    private final Loops loops;
    private final WorkQueue<String> queue;
    private volatile Loops.@Nullable Running running;

    public NamespaceDeletion(Client client, Informers informers, Loops loops) {
        this.client = client;
        this.namespaces = informers.of(Namespace.class);
        this.loops = loops;
        this.queue = new WorkQueue<>(loops.clock(), this::wake, LOOK_AGAIN_MAX);
    }

    public void start() {
        var loop = loops.start("namespace-deletion", this);
        running = loop;
        namespaces.onChange((before, after) -> {
            if (after != null && after.deleting()) {
                queue.add(after.name());
            }
        });
    }

    @Override
    public void close() {
        var loop = running;
        if (loop != null) {
            loop.stop();
        }
    }

    @Override
    public Next runOnce() {
        var name = queue.poll();
        if (name == null) {
            var next = queue.nextDelayed();
            return next == null ? Next.WHEN_WOKEN : Next.at(next);
        }
        try {
            if (empty(name)) {
                queue.forget(name);
            } else {
                queue.addAfterFailure(name);
            }
        } catch (ApiError | UncheckedIOException error) {
            LOG.debug("namespace {}: {}", name, error.getMessage());
            queue.addAfterFailure(name);
        } finally {
            queue.done(name);
        }
        return Next.AGAIN;
    }

    /// Whether nothing is left to do for the namespace.
    private boolean empty(String name) {
        var namespace = client.find(Namespace.class, "", name);
        if (namespace == null
                || !namespace.deleting()
                || !namespace.spec().finalizers().contains(FINALIZER)) {
            return true;
        }
        var remaining = deleteContent(name);
        var reported = report(namespace, remaining);
        if (!remaining.finished()) {
            return false;
        }
        finish(reported);
        return true;
    }

    private Remaining deleteContent(String namespace) {
        var remaining = Remaining.nothing();
        var discovery = Discovery.of(client);
        remaining.undiscovered().addAll(discovery.failed());
        var resources =
                discovery.resources().stream()
                        .filter(it -> it.kind().namespaced() && it.can("delete", "list"))
                        .toList();
        for (var resource : resources) {
            if (resource.kind().groupResource().equals("pods")) {
                delete(namespace, resource, remaining);
            }
        }
        if (!remaining.objects().isEmpty() || !remaining.errors().isEmpty()) {
            return remaining; // What protects a pod, network policies for example, outlives it.
        }
        for (var resource : resources) {
            if (!resource.kind().groupResource().equals("pods")) {
                delete(namespace, resource, remaining);
            }
        }
        return remaining;
    }

    /// Deletes all objects of a resource and counts those that are still there.
    private void delete(String namespace, Discovery.Resource resource, Remaining remaining) {
        var path = resource.kind().path(namespace);
        try {
            var items = items(path);
            if (items.isEmpty()) {
                return;
            }
            if (resource.can("deletecollection")) {
                client.json(background(Request.of("DELETE", path)));
            } else {
                items.forEach(item -> deleteOne(path, item));
            }
            items(path).forEach(item -> count(resource, item, remaining));
        } catch (ApiError error) {
            // A resource may have gone since it was discovered.
            if (!error.notFound()) {
                remaining.errors().add(String.valueOf(error.getMessage()));
            }
        }
    }

    private void deleteOne(String path, Json.Obj item) {
        try {
            var name = item.object("metadata").text("name");
            client.json(background(Request.of("DELETE", path + "/" + name)));
        } catch (ApiError error) {
            if (!error.notFound()) {
                throw error;
            }
        }
    }

    private List<Json.Obj> items(String path) {
        return client.json(Request.get(path)).items("items").stream()
                .<Json.Obj>map(item -> item instanceof Json.Obj object ? object : Json.EMPTY)
                .toList();
    }

    private static void count(Discovery.Resource resource, Json.Obj item, Remaining remaining) {
        remaining.objects().merge(resource.kind().groupResource(), 1, Integer::sum);
        for (var finalizer : item.object("metadata").items("finalizers")) {
            if (finalizer instanceof Json.Str(var text)) {
                remaining.finalizers().merge(text, 1, Integer::sum);
            }
        }
    }

    private static Request background(Request request) {
        return request.withQuery(Query.EMPTY.with("propagationPolicy", "Background"));
    }

    private Namespace report(Namespace namespace, Remaining remaining) {
        var conditions = remaining.conditions(namespace, loops.clock().now());
        var status =
                Edit.of(namespace.status())
                        .set(NamespaceStatus::phase, "Terminating")
                        .set(NamespaceStatus::conditions, conditions)
                        .done();
        return status.equals(namespace.status())
                ? namespace
                : client.updateStatus(Edit.with(namespace, Namespace::status, status));
    }

    /// Takes our finalizer off; without any, the server removes the namespace.
    private void finish(Namespace namespace) {
        var left =
                namespace.spec().finalizers().stream()
                        .filter(finalizer -> !finalizer.equals(FINALIZER))
                        .toList();
        var finished = Edit.with(namespace, Namespace::spec, new NamespaceSpec(left));
        client.json(
                Request.of("PUT", "/api/v1/namespaces/" + namespace.name() + "/finalize")
                        .withBody(
                                "application/json",
                                Payload.of(RecordWriter.write(finished), finished)));
    }

    private void wake() {
        var loop = running;
        if (loop != null) {
            loop.wake();
        }
    }
}
