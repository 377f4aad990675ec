package io.coxswain.api.core.pods;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodTemplateSpec;
import io.coxswain.api.core.ResourceRequirements;
import io.coxswain.api.schema.Quantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What is allowed in a pod but not advisable.
public final class PodWarnings {

    private static final Map<String, String> OLD_LABELS =
            Map.of(
                    "failure-domain.beta.kubernetes.io/zone",
                            "deprecated since v1.17; use \"topology.kubernetes.io/zone\" instead",
                    "failure-domain.beta.kubernetes.io/region",
                            "deprecated since v1.17; use \"topology.kubernetes.io/region\" instead",
                    "beta.kubernetes.io/instance-type",
                            "deprecated since v1.17; use \"node.kubernetes.io/instance-type\""
                                    + " instead",
                    "beta.kubernetes.io/os",
                            "deprecated since v1.14; use \"kubernetes.io/os\" instead",
                    "beta.kubernetes.io/arch",
                            "deprecated since v1.14; use \"kubernetes.io/arch\" instead");

    private final List<String> warnings = new ArrayList<>();
    private final PodSpec spec;
    private final String path;

    private PodWarnings(PodSpec spec, String path) {
        this.spec = spec;
        this.path = path;
    }

    public static List<String> of(Pod pod, @Nullable Pod old) {
        return old != null && old.spec().equals(pod.spec()) ? List.of() : of(pod.spec(), "spec");
    }

    public static List<String> of(PodTemplateSpec template, @Nullable PodTemplateSpec old) {
        return old != null && old.spec().equals(template.spec())
                ? List.of()
                : of(template.spec(), "spec.template.spec");
    }

    static List<String> of(PodSpec spec, String path) {
        var found = new PodWarnings(spec, path);
        found.labels();
        found.names();
        found.volumes();
        found.containers("initContainers", spec.initContainers());
        found.containers("containers", spec.containers());
        found.ports();
        var grace = spec.terminationGracePeriodSeconds();
        if (grace != null && grace < 0) {
            found.warn(
                    "terminationGracePeriodSeconds",
                    "must be >= 0; negative values are invalid and will be treated as 1");
        }
        return found.warnings;
    }

    private void warn(String field, String text) {
        warnings.add(path + "." + field + ": " + text);
    }

    private void labels() {
        for (var key : spec.nodeSelector().keySet()) {
            var text = OLD_LABELS.get(key);
            if (text != null) {
                warn("nodeSelector[" + key + "]", text);
            }
        }
        var spread = spec.topologySpreadConstraints();
        for (var i = 0; i < spread.size(); i++) {
            var key = spread.get(i).topologyKey();
            var text = OLD_LABELS.get(key);
            if (text != null) {
                warn("topologySpreadConstraints[" + i + "].topologyKey", key + " is " + text);
            }
        }
    }

    private void names() {
        var addresses = new HashSet<String>();
        for (var i = 0; i < spec.hostAliases().size(); i++) {
            var ip = spec.hostAliases().get(i).ip();
            if (!addresses.add(ip)) {
                warn("hostAliases[" + i + "].ip", "duplicate ip \"" + ip + "\"");
            }
        }
        var secrets = new HashSet<String>();
        for (var i = 0; i < spec.imagePullSecrets().size(); i++) {
            var name = spec.imagePullSecrets().get(i).name();
            if (name.isEmpty()) {
                warn("imagePullSecrets[" + i + "].name", "invalid empty name \"\"");
            } else if (!secrets.add(name)) {
                warn("imagePullSecrets[" + i + "].name", "duplicate name \"" + name + "\"");
            }
        }
    }

    private void volumes() {
        for (var i = 0; i < spec.volumes().size(); i++) {
            var volume = spec.volumes().get(i);
            var at = "volumes[" + i + "].";
            gone(volume.photonPersistentDisk(), at + "photonPersistentDisk", "v1.11", "v1.16");
            if (volume.gitRepo() != null) {
                warn(at + "gitRepo", "deprecated in v1.11, and disabled by default in v1.33+");
            }
            gone(volume.scaleIO(), at + "scaleIO", "v1.16", "v1.22");
            gone(volume.flocker(), at + "flocker", "v1.22", "v1.25");
            gone(volume.storageos(), at + "storageOS", "v1.22", "v1.25");
            gone(volume.quobyte(), at + "quobyte", "v1.22", "v1.25");
            gone(volume.glusterfs(), at + "glusterfs", "v1.25", "v1.26");
            gone(volume.cephfs(), at + "cephfs", "v1.28", "v1.31");
            gone(volume.rbd(), at + "rbd", "v1.28", "v1.31");
            var empty = volume.emptyDir();
            if (empty != null && empty.sizeLimit() != null) {
                whole(empty.sizeLimit(), at + "emptyDir.sizeLimit");
            }
        }
    }

    private void gone(@Nullable Object source, String field, String since, String until) {
        if (source != null) {
            warn(field, "deprecated in " + since + ", non-functional in " + until + "+");
        }
    }

    private void containers(String field, List<Container> containers) {
        for (var i = 0; i < containers.size(); i++) {
            var at = field + "[" + i + "].";
            amounts(containers.get(i).resources(), at + "resources.");
            var names = new HashSet<String>();
            var variables = containers.get(i).env();
            for (var j = 0; j < variables.size(); j++) {
                if (!names.add(variables.get(j).name())) {
                    warn(
                            at + "env[" + j + "]",
                            "hides previous definition of \""
                                    + variables.get(j).name()
                                    + "\", which may be dropped when using apply");
                }
            }
        }
    }

    private void amounts(ResourceRequirements resources, String field) {
        for (var name : List.of("memory", "ephemeral-storage")) {
            whole(resources.requests().get(name), field + "requests[" + name + "]");
            whole(resources.limits().get(name), field + "limits[" + name + "]");
        }
    }

    private void whole(@Nullable Quantity amount, String field) {
        if (amount != null && amount.text().endsWith("m")) {
            warn(
                    field,
                    "fractional byte value \""
                            + amount.text()
                            + "\" is invalid, must be an integer");
        }
    }

    private void ports() {
        Map<String, String> seen = new HashMap<>();
        Stream.of("initContainers", "containers")
                .forEach(field -> {
                    var containers =
                            field.equals("containers") ? spec.containers() : spec.initContainers();
                    for (var i = 0; i < containers.size(); i++) {
                        var restarts = "Always".equals(containers.get(i).restartPolicy());
                        if (field.equals("initContainers") && !restarts) {
                            continue;
                        }
                        for (var j = 0; j < containers.get(i).ports().size(); j++) {
                            var port = containers.get(i).ports().get(j);
                            var at = field + "[" + i + "].ports[" + j + "]";
                            var first =
                                    seen.putIfAbsent(
                                            port.protocol()
                                                    + port.containerPort()
                                                    + port.hostPort()
                                                    + port.hostIP(),
                                            path + "." + at);
                            if (first != null) {
                                warn(at, "duplicate port definition with " + first);
                            }
                        }
                    }
                });
    }
}
