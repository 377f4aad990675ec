package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Describes the containers of a pod or of a pod template.
final class ContainerSections {

    private final Sheet sheet;

    private ContainerSections(Sheet sheet) {
        this.sheet = sheet;
    }

    static ContainerSections of(Sheet sheet) {
        return new ContainerSections(sheet);
    }

    /// The containers in `<word>s` of a spec with their states in `<word>Statuses` of a status.
    ContainerSections section(String title, Json.Obj spec, Json.Obj status, String word) {
        var containers = Trees.objects(spec, word + "s");
        if (!containers.isEmpty()) {
            sheet.line(0, title + ":");
        }
        for (var container : containers) {
            var state = named(Trees.objects(status, word + "Statuses"), container.text("name"));
            container(container, state, "");
        }
        return this;
    }

    static Json.Obj named(List<Json.Obj> objects, String name) {
        return objects.stream()
                .filter(object -> object.text("name").equals(name))
                .findFirst()
                .orElse(Json.EMPTY);
    }

    /// @param lead blanks before the name
    void container(Json.Obj container, Json.Obj status, String lead) {
        var level = 2;
        sheet.line(1, lead + container.text("name") + ":");
        var known = !status.fields().isEmpty();
        if (known) {
            sheet.line(level, "Container ID:\t" + status.text("containerID"));
        }
        sheet.line(level, "Image:\t" + container.text("image"));
        if (known) {
            sheet.line(level, "Image ID:\t" + status.text("imageID"));
        }
        ports(container, "Port", "containerPort", level);
        ports(container, "Host Port", "hostPort", level);
        words("Command", Trees.texts(container, "command"), level);
        words("Args", Trees.texts(container, "args"), level);
        if (known) {
            state("State", status.object("state"), level);
            if (!status.object("lastState").fields().isEmpty()) {
                state("Last State", status.object("lastState"), level);
            }
            sheet.line(level, "Ready:\t" + (Trees.flag(status, "ready") ? "True" : "False"));
            sheet.line(level, "Restart Count:\t" + Trees.number(status, "restartCount", 0));
        }
        amounts("Limits", container.object("resources").object("limits"), level);
        amounts("Requests", container.object("resources").object("requests"), level);
        for (var probe : List.of("liveness", "readiness", "startup")) {
            if (container.get(probe + "Probe") instanceof Json.Obj settings) {
                sheet.line(level, FieldDescriber.title(probe) + ":\t" + probe(settings));
            }
        }
        environment(container, level);
        mounts(container, level);
    }

    private void ports(Json.Obj container, String title, String field, int level) {
        var ports = Trees.objects(container, "ports");
        var shown =
                ports.stream()
                        .map(p -> Trees.number(p, field, 0) + "/" + protocol(p) + named(p, field))
                        .collect(Collectors.joining(", "));
        var name = ports.size() > 1 ? title + "s" : title;
        sheet.line(level, name + ":\t" + (shown.isEmpty() ? "<none>" : shown));
    }

    private static String named(Json.Obj port, String field) {
        var name = port.text("name");
        return name.isEmpty() || !field.equals("containerPort") ? "" : " (" + name + ")";
    }

    static String protocol(Json.Obj port) {
        return port.text("protocol").isEmpty() ? "TCP" : port.text("protocol");
    }

    private void words(String title, List<String> words, int level) {
        if (words.isEmpty()) {
            return;
        }
        sheet.line(level, title + ":");
        words.forEach(word -> word.lines().forEach(line -> sheet.line(level + 1, line)));
    }

    private void state(String title, Json.Obj state, int level) {
        if (state.get("running") instanceof Json.Obj running) {
            sheet.line(level, title + ":\tRunning");
            sheet.line(level + 1, "Started:\t" + Sheet.date(running.text("startedAt")));
        } else if (state.get("terminated") instanceof Json.Obj terminated) {
            sheet.line(level, title + ":\tTerminated");
            sheet.optional(level + 1, "Reason", terminated.text("reason"));
            sheet.optional(level + 1, "Message", terminated.text("message"));
            sheet.line(level + 1, "Exit Code:\t" + Trees.number(terminated, "exitCode", 0));
            sheet.optional(level + 1, "Signal", Trees.text(terminated, "signal"));
            sheet.line(level + 1, "Started:\t" + Sheet.date(terminated.text("startedAt")));
            sheet.line(level + 1, "Finished:\t" + Sheet.date(terminated.text("finishedAt")));
        } else {
            sheet.line(level, title + ":\tWaiting");
            sheet.optional(level + 1, "Reason", state.object("waiting").text("reason"));
        }
    }

    private void amounts(String title, Json.Obj amounts, int level) {
        if (amounts.fields().isEmpty()) {
            return;
        }
        sheet.line(level, title + ":");
        new TreeMap<>(amounts.fields())
                .forEach((name, value) -> sheet.line(level + 1, name + ":\t" + Trees.text(value)));
    }

    private static String probe(Json.Obj probe) {
        var numbers =
                " delay=%ds timeout=%ds period=%ds #success=%d #failure=%d"
                        .formatted(
                                Trees.number(probe, "initialDelaySeconds", 0),
                                Trees.number(probe, "timeoutSeconds", 1),
                                Trees.number(probe, "periodSeconds", 10),
                                Trees.number(probe, "successThreshold", 1),
                                Trees.number(probe, "failureThreshold", 3));
        if (probe.get("exec") instanceof Json.Obj exec) {
            return "exec [" + String.join(" ", Trees.texts(exec, "command")) + "]" + numbers;
        }
        if (probe.get("httpGet") instanceof Json.Obj http) {
            var scheme = http.text("scheme").isEmpty() ? "HTTP" : http.text("scheme");
            return "http-get "
                    + scheme.toLowerCase(Locale.ROOT)
                    + "://"
                    + http.text("host")
                    + ":"
                    + Trees.text(http, "port")
                    + http.text("path")
                    + numbers;
        }
        if (probe.get("tcpSocket") instanceof Json.Obj tcp) {
            return "tcp-socket " + tcp.text("host") + ":" + Trees.text(tcp, "port") + numbers;
        }
        if (probe.get("grpc") instanceof Json.Obj grpc) {
            return "grpc <pod>:" + Trees.text(grpc, "port") + " " + grpc.text("service") + numbers;
        }
        return "unknown" + numbers;
    }

    private void environment(Json.Obj container, int level) {
        var sources = Trees.objects(container, "envFrom");
        if (!sources.isEmpty()) {
            sheet.line(level, "Environment Variables from:");
            for (var source : sources) {
                var map = source.get("configMapRef") instanceof Json.Obj;
                var ref = source.object(map ? "configMapRef" : "secretRef");
                sheet.line(
                        level + 1,
                        ref.text("name")
                                + "\t"
                                + (map ? "ConfigMap" : "Secret")
                                + "\tOptional: "
                                + Trees.flag(ref, "optional"));
            }
        }
        var variables = Trees.objects(container, "env");
        if (variables.isEmpty()) {
            sheet.line(level, "Environment:\t<none>");
            return;
        }
        sheet.line(level, "Environment:");
        for (var variable : variables) {
            sheet.line(level + 1, variable.text("name") + ":\t" + value(variable));
        }
    }

    private static String value(Json.Obj variable) {
        if (!(variable.get("valueFrom") instanceof Json.Obj from)) {
            return variable.text("value").replace("\n", "\n\t");
        }
        if (from.get("fieldRef") instanceof Json.Obj field) {
            return " (" + field.text("apiVersion") + ":" + field.text("fieldPath") + ")";
        }
        if (from.get("resourceFieldRef") instanceof Json.Obj resource) {
            return " (" + resource.text("resource") + ")";
        }
        var secret = from.get("secretKeyRef") instanceof Json.Obj;
        var ref = from.object(secret ? "secretKeyRef" : "configMapKeyRef");
        return "<set to the key '"
                + ref.text("key")
                + (secret ? "' in secret '" : "' of config map '")
                + ref.text("name")
                + "'>\tOptional: "
                + Trees.flag(ref, "optional");
    }

    private void mounts(Json.Obj container, int level) {
        var mounts = Trees.objects(container, "volumeMounts");
        if (mounts.isEmpty()) {
            sheet.line(level, "Mounts:\t<none>");
            return;
        }
        sheet.line(level, "Mounts:");
        mounts.stream()
                .sorted((a, b) -> a.text("mountPath").compareTo(b.text("mountPath")))
                .forEach(mount -> {
                    var flags = new ArrayList<String>();
                    flags.add(Trees.flag(mount, "readOnly") ? "ro" : "rw");
                    if (!mount.text("subPath").isEmpty()) {
                        flags.add("path=\"" + mount.text("subPath") + "\"");
                    }
                    sheet.line(
                            level + 1,
                            mount.text("mountPath")
                                    + " from "
                                    + mount.text("name")
                                    + " ("
                                    + String.join(",", flags)
                                    + ")");
                });
    }
}
