package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Pod;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The fields of a pod that its containers can be told (`fieldRef`).
public final class PodFields {

    private static final Pattern KEYED =
            Pattern.compile("metadata\\.(labels|annotations)\\['(.*)']");

    private final NodeFacts node;

    public PodFields(NodeFacts node) {
        this.node = node;
    }

    /// The value at `path`; throws [IllegalArgumentException] for a path that is not offered.
    public String value(Pod pod, String path, List<String> podIps) {
        var keyed = KEYED.matcher(path);
        if (keyed.matches()) {
            var labels = keyed.group(1).equals("labels");
            var map = labels ? pod.metadata().labels() : pod.metadata().annotations();
            return map.getOrDefault(keyed.group(2), "");
        }
        return switch (path) {
            case "metadata.name" -> pod.name();
            case "metadata.namespace" -> pod.namespace();
            case "metadata.uid" -> pod.uid();
            case "metadata.labels" -> lines(pod.metadata().labels());
            case "metadata.annotations" -> lines(pod.metadata().annotations());
            case "spec.nodeName" -> pod.spec().nodeName();
            case "spec.serviceAccountName" -> pod.spec().serviceAccountName();
            case "status.hostIP" -> node.hostIps().isEmpty() ? "" : node.hostIps().getFirst();
            case "status.hostIPs" -> String.join(",", node.hostIps());
            case "status.podIP" -> podIps.isEmpty() ? "" : podIps.getFirst();
            case "status.podIPs" -> String.join(",", podIps);
            default -> throw new IllegalArgumentException("unsupported fieldPath: " + path);
        };
    }

    /// `key="value"` lines in key order, values quoted as Go does.
    private static String lines(Map<String, String> map) {
        var out = new StringBuilder();
        new TreeMap<>(map)
                .forEach((key, value) ->
                        out.append(key).append('=').append(quoted(value)).append('\n'));
        return out.isEmpty() ? "" : out.substring(0, out.length() - 1);
    }

    private static String quoted(String value) {
        var out = new StringBuilder("\"");
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ' || c == 0x7f) {
                        out.append(String.format("\\x%02x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        return out.append('"').toString();
    }
}
