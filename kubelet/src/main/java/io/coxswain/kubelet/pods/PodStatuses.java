package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.ContainerStatus;
import io.coxswain.api.core.Pod.HostIP;
import io.coxswain.api.core.Pod.PodIP;
import io.coxswain.api.core.Pod.PodStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.PodContainer.Role;
import io.coxswain.kubelet.pod.Qos;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// Computes what the API shows of a pod. Pure: the same view gives the same status, so that a
/// restarted kubelet reports what it reported before.
public final class PodStatuses {

    private PodStatuses() {}

    public static PodStatus of(StatusView view, Instant now) {
        var pod = view.pod();
        var before = pod.status();
        var init = ContainerStatuses.of(view, PodContainer.init(pod));
        var regular = ContainerStatuses.of(view, PodContainer.regular(pod));
        var ephemeral = ContainerStatuses.of(view, PodContainer.ephemeral(pod));
        var phase = PodPhase.of(view, init, regular);
        var second = now.truncatedTo(ChronoUnit.SECONDS);
        var status =
                Edit.of(before)
                        .set(PodStatus::observedGeneration, pod.metadata().generation())
                        .set(PodStatus::phase, phase)
                        .set(PodStatus::initContainerStatuses, init)
                        .set(PodStatus::containerStatuses, regular)
                        .set(PodStatus::ephemeralContainerStatuses, ephemeral)
                        .set(PodStatus::qosClass, Qos.of(pod).text());
        if (before.startTime() == null) {
            status.set(PodStatus::startTime, second);
        }
        var ending = view.ending();
        if (ending != null && !ending.reason().isEmpty()) {
            status.set(PodStatus::reason, ending.reason());
            status.set(PodStatus::message, ending.message());
        }
        if (!view.hostIps().isEmpty()) {
            status.set(PodStatus::hostIP, view.hostIps().getFirst());
            status.set(PodStatus::hostIPs, view.hostIps().stream().map(HostIP::new).toList());
        }
        var ips = podIps(view);
        if (!ips.isEmpty()) {
            status.set(PodStatus::podIP, ips.getFirst());
            status.set(PodStatus::podIPs, ips.stream().map(PodIP::new).toList());
        }
        var made = status.done();
        return Edit.with(made, PodStatus::conditions, PodConditions.of(view, made, second));
    }

    /// The status of a pod that this node turns away.
    public static PodStatus rejected(Pod pod, String reason, String message, Instant now) {
        return Edit.of(pod.status())
                .set(PodStatus::observedGeneration, pod.metadata().generation())
                .set(PodStatus::phase, "Failed")
                .set(PodStatus::reason, reason)
                .set(PodStatus::message, message)
                .set(PodStatus::qosClass, Qos.of(pod).text())
                .set(PodStatus::startTime, now.truncatedTo(ChronoUnit.SECONDS))
                .done();
    }

    /// The statuses of all containers, of whatever role.
    public static List<ContainerStatus> all(PodStatus status) {
        var all = new ArrayList<ContainerStatus>();
        all.addAll(status.initContainerStatuses());
        all.addAll(status.containerStatuses());
        all.addAll(status.ephemeralContainerStatuses());
        return all;
    }

    public static boolean terminal(PodStatus status) {
        return status.phase().equals("Succeeded") || status.phase().equals("Failed");
    }

    static boolean sidecar(Pod pod, String name) {
        var container = PodContainer.find(pod, name);
        return container != null && container.role() == Role.SIDECAR;
    }

    /// The pod's addresses: the node's own in the host network. They stay after the sandbox has
    /// gone, as long as the runtime has not given the pod others.
    private static List<String> podIps(StatusView view) {
        if (view.pod().spec().hostNetwork()) {
            return view.hostIps();
        }
        var sandbox = view.state().activeSandbox();
        return sandbox == null ? List.of() : sandbox.ips();
    }
}
