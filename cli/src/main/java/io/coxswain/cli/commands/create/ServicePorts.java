package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.List;

/// The ports of `create service`.
public final class ServicePorts {

    /// The status of a Service that is not there yet.
    public static final Json.Obj UNBALANCED = Trees.of("loadBalancer", Json.EMPTY);

    private ServicePorts() {}

    static Json.Arr of(List<String> pairs) {
        return of(pairs, 0);
    }

    /// Of `80:8080` or `80`, TCP; `nodePort` 0 leaves the choice to the server.
    static Json.Arr of(List<String> pairs, int nodePort) {
        var ports = new ArrayList<Json>();
        for (var list : pairs) {
            for (var pair : list.split(",")) {
                var colon = pair.indexOf(':');
                var port = number(colon < 0 ? pair : pair.substring(0, colon));
                var target = colon < 0 ? pair : pair.substring(colon + 1);
                var entry =
                        Trees.of(
                                "name",
                                pair.replace(':', '-'),
                                "port",
                                port,
                                "protocol",
                                "TCP",
                                "targetPort",
                                target(target));
                ports.add(nodePort == 0 ? entry : entry.with("nodePort", Json.of(nodePort)));
            }
        }
        if (ports.isEmpty()) {
            throw new CliError("at least one tcp port specifier must be provided");
        }
        return Json.array(ports);
    }

    /// A port by number or by name.
    static Json target(String text) {
        return text.matches("\\d+") ? Json.of(Integer.parseInt(text)) : Json.of(text);
    }

    static int number(String text) {
        if (!text.matches("\\d{1,5}")) {
            throw new CliError("strconv.ParseUint: parsing \"" + text + "\": invalid syntax");
        }
        return Integer.parseInt(text);
    }

    static Json.Obj service(String name, Json.Obj spec) {
        var labelled =
                Trees.set(
                        Creation.object("v1", "Service", name),
                        "metadata.labels",
                        Trees.of("app", name));
        return labelled.with("spec", spec).with("status", UNBALANCED);
    }
}
