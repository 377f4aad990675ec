package io.coxswain.controllers.endpoints;

import io.coxswain.api.core.Container.ContainerPort;
import io.coxswain.api.core.ObjectReference;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ServicePort;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.View;
import io.coxswain.controllers.pods.Pods;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The pods a Service selects, and what of a pod a Service shows.
final class Backends {

    static final String HEADLESS = "service.kubernetes.io/headless";

    private Backends() {}

    /// Whether this Service's endpoints are made here, not by its owner.
    static boolean selects(Service service) {
        return !service.spec().selector().isEmpty()
                && !service.spec().type().equals("ExternalName");
    }

    /// The selected pods that have an address and have not ended, in name order.
    static Stream<Pod> of(Service service, View view) {
        var selector = new LabelSelector(service.spec().selector(), List.of());
        return view.selected(Pod.class, service.namespace(), selector)
                .filter(pod -> !Pods.terminal(pod) && !pod.status().podIPs().isEmpty());
    }

    /// Wakes the Services that select a pod.
    static Stream<NamespacedName> keys(Pod pod, View view) {
        var labels = pod.metadata().labels().entrySet();
        return view.in(Service.class, pod.namespace())
                .filter(Backends::selects)
                .filter(service -> labels.containsAll(service.spec().selector().entrySet()))
                .map(NamespacedName::of);
    }

    static boolean headless(Service service) {
        return service.spec().clusterIP().equals("None");
    }

    /// The pod's address of a family (`IPv4`, `IPv6`); null when it has none.
    static @Nullable String address(Pod pod, String family) {
        for (var ip : pod.status().podIPs()) {
            if (ip.ip().contains(":") == family.equals("IPv6")) {
                return ip.ip();
            }
        }
        return null;
    }

    static List<String> families(Service service) {
        var families = service.spec().ipFamilies();
        return families.isEmpty() ? List.of("IPv4") : families;
    }

    /// The number a Service port leads to on this pod; null when the pod has no port of that name.
    static @Nullable Integer target(ServicePort port, Pod pod) {
        return switch (port.targetPort()) {
            case IntOrString.OfInt(var number) -> number == 0 ? (Integer) port.port() : number;
            case IntOrString.OfString(var name) -> named(pod, name, port.protocol());
        };
    }

    /// The name under which DNS knows the pod within a headless Service; null without one.
    static @Nullable String hostname(Service service, Pod pod) {
        var spec = pod.spec();
        return !spec.hostname().isEmpty() && spec.subdomain().equals(service.name())
                ? spec.hostname()
                : null;
    }

    static ObjectReference reference(Pod pod) {
        return new ObjectReference("Pod", pod.namespace(), pod.name(), pod.uid(), "", "", "");
    }

    /// The labels of the Service with the headless mark as it has to be.
    static Map<String, String> labels(Service service) {
        var labels = new HashMap<>(service.metadata().labels());
        labels.remove(HEADLESS);
        if (headless(service)) {
            labels.put(HEADLESS, "");
        }
        return labels;
    }

    private static @Nullable Integer named(Pod pod, String name, String protocol) {
        var sidecars =
                pod.spec().initContainers().stream()
                        .filter(container -> "Always".equals(container.restartPolicy()));
        return Stream.concat(pod.spec().containers().stream(), sidecars)
                .flatMap(container -> container.ports().stream())
                .filter(port -> port.name().equals(name) && port.protocol().equals(protocol))
                .map(ContainerPort::containerPort)
                .findFirst()
                .orElse(null);
    }
}
