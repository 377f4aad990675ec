package io.coxswain.kubelet.server;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.http.Handler;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// The kubelet API. Everybody who may use it may do anything in any container of this node, so only
/// the API server may.
public final class NodeServer implements Handler {

    private final NodePods pods;
    private final Predicate<Request> allowed;
    private final ContainerLogs logs;
    private final ContainerCommands commands;
    private final NodeStats stats;

    /// @param allowed see [ClientNames]
    public NodeServer(
            NodePods pods,
            Predicate<Request> allowed,
            ContainerLogs logs,
            ContainerCommands commands,
            NodeStats stats) {
        this.pods = pods;
        this.allowed = allowed;
        this.logs = logs;
        this.commands = commands;
        this.stats = stats;
    }

    @Override
    public Response handle(Request request) {
        if (!allowed.test(request)) {
            return Response.text(401, "Unauthorized");
        }
        var parts = List.of(request.path().substring(1).split("/", -1));
        try {
            return route(request, parts.getFirst(), parts.subList(1, parts.size()));
        } catch (NodeServerException e) {
            return Response.text(e.status(), e.getMessage() + "\n");
        } catch (IllegalArgumentException e) {
            return Response.text(400, e.getMessage() + "\n");
        } catch (ContainerRuntimeException e) {
            return Response.text(500, e.getMessage() + "\n");
        }
    }

    private Response route(Request request, String first, List<String> rest) {
        return switch (first) {
            case "healthz" -> Response.text(200, "ok");
            case "pods", "runningpods" -> podList();
            case "containerLogs" -> logs.serve(request, target(rest));
            case "exec" -> commands.exec(request, target(rest));
            case "attach" -> commands.attach(request, target(rest));
            case "run" -> commands.run(request, target(rest));
            case "portForward" -> commands.portForward(request, target(rest));
            case "stats" -> json(stats.summary());
            case "metrics" -> Response.text(200, stats.metrics());
            default -> Response.text(404, "404 page not found\n");
        };
    }

    /// `{namespace}/{pod}`, then perhaps the UID, then perhaps the container.
    private ContainerTarget target(List<String> parts) {
        if (parts.size() < 2 || parts.size() > 4) {
            throw new NodeServerException(404, "404 page not found");
        }
        var pod = pods.find(parts.get(0), parts.get(1));
        var uid = parts.size() == 4 ? parts.get(2) : "";
        if (pod == null || !(uid.isEmpty() || uid.equals(pod.uid()))) {
            throw new NodeServerException(404, "pod does not exist");
        }
        var container = parts.size() > 2 ? parts.getLast() : "";
        return new ContainerTarget(pod, container, pods.state(pod.uid()));
    }

    private Response podList() {
        List<Json> items = pods.all().stream().<Json>map(RecordWriter::toTree).toList();
        return json(
                Json.object(
                        Map.of(
                                "kind",
                                Json.of("PodList"),
                                "apiVersion",
                                Json.of("v1"),
                                "metadata",
                                Json.EMPTY,
                                "items",
                                Json.array(items))));
    }

    private static Response json(Json.Obj body) {
        return Response.of(200, "application/json", Payload.of(JsonWriter.write(body)));
    }
}
