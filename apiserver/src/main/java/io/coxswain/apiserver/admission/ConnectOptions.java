package io.coxswain.apiserver.admission;

import io.coxswain.api.json.Json;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Query;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// What someone who connects to a pod, a node or a Service asks for, as admission sees it:
/// `{kind: PodExecOptions, command: [sh], tty: true}`.
public record ConnectOptions(Json.Obj tree) {

    private static final Set<String> SWITCHES = Set.of("stdin", "stdout", "stderr", "tty");

    /// Asks the plugins whether a connection may be made.
    public static void admit(Registry registry, Call call, Served<?> kind) {
        admit(registry, call, kind, new ConnectOptions(tree(call)));
    }

    @SuppressWarnings("unchecked")
    private static void admit(
            Registry registry, Call call, Served<?> kind, ConnectOptions options) {
        var info = call.info();
        var name = info.name().split(":", -1);
        var request =
                new AdmissionRequest<Object>(
                        AdmissionRequest.Operation.CONNECT,
                        AdmissionRequest.Target.of(
                                (Served<Object>) kind,
                                kind.key(
                                        info.namespace(), name.length == 1 ? name[0] : info.name()),
                                info.subresource()),
                        null,
                        call,
                        WriteOptions.internal(""),
                        registry);
        for (var plugin : registry.admission()) {
            plugin.validate(request, options);
        }
    }

    /// The kind of the options: `PodExecOptions`.
    static String kind(String resource, String subresource) {
        var what =
                switch (resource) {
                    case "nodes" -> "Node";
                    case "services" -> "Service";
                    default -> "Pod";
                };
        return switch (subresource) {
            case "exec" -> "PodExecOptions";
            case "attach" -> "PodAttachOptions";
            case "portforward" -> "PodPortForwardOptions";
            default -> what + "ProxyOptions";
        };
    }

    private static Json.Obj tree(Call call) {
        var info = call.info();
        var query = call.query();
        var tree = new LinkedHashMap<String, Json>();
        tree.put("kind", Json.of(kind(info.resource(), info.subresource())));
        tree.put("apiVersion", Json.of("v1"));
        switch (info.subresource()) {
            case "exec", "attach" -> command(query, tree);
            case "portforward" -> {
                var ports = new ArrayList<Json>();
                for (var port : query.all("ports")) {
                    if (port.matches("[0-9]{1,5}")) {
                        ports.add(new Json.Int(Integer.parseInt(port)));
                    }
                }
                tree.put("ports", Json.array(List.copyOf(ports)));
            }
            default -> tree.put("path", Json.of(info.rest()));
        }
        return new Json.Obj(tree);
    }

    private static void command(Query query, LinkedHashMap<String, Json> tree) {
        for (var name : SWITCHES) {
            if (query.flag(name)) {
                tree.put(name, Json.of(true));
            }
        }
        var container = query.first("container");
        if (container != null) {
            tree.put("container", Json.of(container));
        }
        var command = new ArrayList<Json>();
        query.all("command").forEach(word -> command.add(Json.of(word)));
        if (!command.isEmpty()) {
            tree.put("command", Json.array(List.copyOf(command)));
        }
    }
}
