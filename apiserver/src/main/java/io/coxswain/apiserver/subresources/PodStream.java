package io.coxswain.apiserver.subresources;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.Statuses;
import io.coxswain.apiserver.Verb;
import io.coxswain.apiserver.admission.ConnectOptions;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.Upgrade;
import io.coxswain.http.stream.Pipes;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// Passes `log`, `exec`, `attach` and `portforward` of a pod on to the kubelet of its node. An
/// upgraded connection is joined byte for byte; a refusal is handed back and its connection
/// dropped.
///
/// @param path the kubelet's name for the stream, for example `containerLogs`
record PodStream(String path, Registry registry, Catalog catalog, NodeConnector nodes)
        implements Subresource {

    /// Headers that are about the client's own connection or identity, and stay here.
    private static final Set<String> OWN =
            Set.of("authorization", "host", "content-length", "transfer-encoding", "keep-alive");

    @Override
    public Response handle(Call call, Served<?> kind) {
        var info = call.info();
        var logs = path.equals("containerLogs");
        if (info.verb() != Verb.GET && (logs || info.verb() != Verb.CREATE)) {
            throw Statuses.methodNotAllowed();
        }
        if (!logs) {
            ConnectOptions.admit(registry, call, kind);
        }
        var pods = catalog.of(Pod.class);
        var pod = pods.object(registry.get(pods, info.namespace(), info.name()));
        if (logs) {
            LogOptions.check(call);
        }
        var container = path.equals("portForward") ? "" : container(call, pod);
        if (pod.spec().nodeName().isEmpty()) {
            if (logs) {
                return new Response.Full(204, Headers.EMPTY, Payload.EMPTY);
            }
            throw Errors.badRequest("pod " + pod.name() + " does not have a host assigned");
        }
        var node = catalog.of(Node.class);
        var host = node.object(registry.get(node, "", pod.spec().nodeName()));
        return forward(call, host, target(pod, container), query(call));
    }

    /// No kubelet sends anybody elsewhere: clients would show their credentials there.
    private static Response here(Response answer) {
        return answer.status() >= 300 && answer.status() < 400
                ? Response.text(
                        502,
                        "the backend attempted to redirect this request, which is not permitted\n")
                : answer;
    }

    private Response forward(Call call, Node node, String target, Query query) {
        var incoming = call.request();
        var method = path.equals("containerLogs") ? "GET" : incoming.method();
        var outgoing =
                Request.of(method, target)
                        .withQuery(query)
                        .withHeaders(headers(incoming.headers()));
        try {
            var transport = nodes.to(node);
            if (incoming.header("upgrade") == null) {
                return here(transport.send(outgoing));
            }
            return switch (transport.upgrade(outgoing)) {
                case Upgrade.Accepted(var headers, var connection) ->
                        new Response.Upgrade(
                                answered(headers),
                                client -> {
                                    try (connection) {
                                        Pipes.join(client, connection);
                                    }
                                });
                case Upgrade.Refused(var refusal) -> here(refusal);
            };
        } catch (UncheckedIOException e) {
            throw Errors.internal("error dialing backend: " + e.getMessage());
        }
    }

    private String target(Pod pod, String container) {
        var target = "/" + path + "/" + pod.namespace() + "/" + pod.name();
        return container.isEmpty() ? target : target + "/" + container;
    }

    /// The kubelet's parameters have other names for the same things.
    private Query query(Call call) {
        var query = Query.EMPTY;
        for (var parameter : call.query().values().entrySet()) {
            var name =
                    switch (parameter.getKey()) {
                        case "stdin" -> "input";
                        case "stdout" -> "output";
                        case "stderr" -> "error";
                        case "container" -> "";
                        case String other -> other;
                    };
            if (path.equals("containerLogs") || path.equals("portForward")) {
                name = parameter.getKey().equals("container") ? "" : parameter.getKey();
            }
            for (var value : parameter.getValue()) {
                if (!name.isEmpty()) {
                    query = query.with(name, value);
                }
            }
        }
        return query;
    }

    private static String container(Call call, Pod pod) {
        var asked = call.query().first("container");
        var names = names(pod);
        if (asked != null && !asked.isEmpty()) {
            if (!names.contains(asked)) {
                throw Errors.badRequest(
                        "container " + asked + " is not valid for pod " + pod.name());
            }
            return asked;
        }
        var main = pod.spec().containers().stream().map(Container::name).toList();
        if (main.size() == 1) {
            return main.getFirst();
        }
        var text =
                "a container name must be specified for pod "
                        + pod.name()
                        + ", choose one of: ["
                        + String.join(" ", main)
                        + "]";
        var init = pod.spec().initContainers().stream().map(Container::name).toList();
        throw Errors.badRequest(
                init.isEmpty()
                        ? text
                        : text
                                + " or one of the init containers: ["
                                + String.join(" ", init)
                                + "]");
    }

    private static List<String> names(Pod pod) {
        return Stream.of(
                        pod.spec().initContainers().stream().map(Container::name),
                        pod.spec().containers().stream().map(Container::name),
                        pod.spec().ephemeralContainers().stream().map(c -> c.name()))
                .flatMap(stream -> stream)
                .toList();
    }

    private static Headers headers(Headers incoming) {
        var kept = Headers.EMPTY;
        for (var field : incoming.asMap().entrySet()) {
            var name = field.getKey().toLowerCase(Locale.ROOT);
            if (!OWN.contains(name) && !name.startsWith("impersonate-")) {
                for (var value : new ArrayList<>(field.getValue())) {
                    kept = kept.with(name, value);
                }
            }
        }
        return kept;
    }

    /// The server writes the connection headers of a 101 itself.
    private static Headers answered(Headers headers) {
        return headers.without("content-length").without("date");
    }
}
