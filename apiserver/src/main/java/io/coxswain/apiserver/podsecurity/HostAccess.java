package io.coxswain.apiserver.podsecurity;

import io.coxswain.api.core.Lifecycle.LifecycleHandler;
import io.coxswain.api.core.Probe;
import io.coxswain.apiserver.podsecurity.Subject.Part;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Rules about reaching out of the pod into its node.
final class HostAccess {

    /// What a volume of the restricted level may be.
    private static final Set<String> ALLOWED =
            Set.of(
                    "configMap",
                    "csi",
                    "downwardAPI",
                    "emptyDir",
                    "ephemeral",
                    "image",
                    "persistentVolumeClaim",
                    "projected",
                    "secret");

    private HostAccess() {}

    static @Nullable Finding namespaces(Subject pod) {
        var used = new ArrayList<String>();
        if (pod.spec().hostNetwork()) {
            used.add("hostNetwork=true");
        }
        if (pod.spec().hostPID()) {
            used.add("hostPID=true");
        }
        if (pod.spec().hostIPC()) {
            used.add("hostIPC=true");
        }
        return used.isEmpty() ? null : new Finding("host namespaces", String.join(", ", used));
    }

    static @Nullable Finding paths(Subject pod) {
        var names =
                pod.volumes().stream()
                        .filter(volume -> volume.get("hostPath") != null)
                        .map(volume -> volume.text("name"))
                        .toList();
        return names.isEmpty()
                ? null
                : new Finding(
                        "hostPath volumes",
                        Subject.plural("volume", names) + " " + Subject.quoted(names));
    }

    static @Nullable Finding volumes(Subject pod) {
        var names = new ArrayList<String>();
        var types = new TreeSet<String>();
        for (var volume : pod.volumes()) {
            var bad =
                    volume.fields().keySet().stream()
                            .filter(field -> !field.equals("name") && !ALLOWED.contains(field))
                            .toList();
            if (!bad.isEmpty()) {
                names.add(volume.text("name"));
                types.addAll(bad);
            }
        }
        if (names.isEmpty()) {
            return null;
        }
        return new Finding(
                "restricted volume types",
                Subject.plural("volume", names)
                        + " "
                        + Subject.quoted(names)
                        + (names.size() == 1 ? " uses" : " use")
                        + " restricted volume "
                        + Subject.plural("type", List.copyOf(types))
                        + " "
                        + Subject.quoted(types.stream()));
    }

    static @Nullable Finding ports(Subject pod) {
        var names = new ArrayList<String>();
        var ports = new TreeSet<Integer>();
        for (var part : pod.parts()) {
            var own =
                    part.ports().stream()
                            .map(port -> port.hostPort())
                            .filter(port -> port != 0)
                            .toList();
            if (!own.isEmpty()) {
                names.add(part.name());
                ports.addAll(own);
            }
        }
        if (names.isEmpty()) {
            return null;
        }
        return new Finding(
                "hostPort",
                Subject.containers(names)
                        + (names.size() == 1 ? " uses " : " use ")
                        + Subject.plural("hostPort", List.copyOf(ports))
                        + " "
                        + String.join(", ", ports.stream().map(String::valueOf).toList()));
    }

    /// A probe or hook that names a host would make the kubelet call somebody else.
    static @Nullable Finding probes(Subject pod) {
        var names = new ArrayList<String>();
        var hosts = new LinkedHashSet<String>();
        for (var part : pod.parts()) {
            var own = hosts(part).filter(host -> !host.isEmpty()).toList();
            if (!own.isEmpty()) {
                names.add(part.name());
                hosts.addAll(own);
            }
        }
        if (names.isEmpty()) {
            return null;
        }
        return new Finding(
                "probe or lifecycle host",
                Subject.containers(names)
                        + (names.size() == 1 ? " uses" : " use")
                        + " probe or lifecycle "
                        + Subject.plural("host", List.copyOf(hosts))
                        + " "
                        + Subject.quoted(hosts.stream()));
    }

    private static Stream<String> hosts(Part part) {
        var ofProbes = part.probes().stream().flatMap(HostAccess::hosts);
        var hooks = part.lifecycle();
        return hooks == null
                ? ofProbes
                : Stream.of(ofProbes, hosts(hooks.postStart()), hosts(hooks.preStop()))
                        .flatMap(all -> all);
    }

    private static Stream<String> hosts(Probe probe) {
        var http = probe.httpGet();
        var tcp = probe.tcpSocket();
        return Stream.of(http == null ? "" : http.host(), tcp == null ? "" : tcp.host());
    }

    private static Stream<String> hosts(@Nullable LifecycleHandler hook) {
        if (hook == null) {
            return Stream.empty();
        }
        var http = hook.httpGet();
        var tcp = hook.tcpSocket();
        return Stream.of(http == null ? "" : http.host(), tcp == null ? "" : tcp.host());
    }

    static @Nullable Finding processes(Subject pod) {
        var context = pod.spec().securityContext();
        var options = context == null ? null : context.windowsOptions();
        var ofPod = options != null && Boolean.TRUE.equals(options.hostProcess());
        var names =
                pod.with(own -> {
                    var windows = own.windowsOptions();
                    return windows != null && Boolean.TRUE.equals(windows.hostProcess());
                });
        var who = Setters.of(ofPod, names);
        return who.isEmpty()
                ? null
                : new Finding(
                        "hostProcess",
                        who + " must not set securityContext.windowsOptions.hostProcess=true");
    }
}
