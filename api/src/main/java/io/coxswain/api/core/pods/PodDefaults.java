package io.coxswain.api.core.pods;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.PodIP;
import io.coxswain.api.core.Pod.PodStatus;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.EphemeralContainer;
import io.coxswain.api.core.PodSpec.PodSecurityContext;
import io.coxswain.api.core.PodTemplateSpec;
import io.coxswain.api.core.ResourceRequirements;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.RecordType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The defaults of a pod. A template gets fewer: what depends on the pod as a whole (requests from
/// limits, host ports) waits until a pod is made of it.
public final class PodDefaults {

    private static final long GRACE_SECONDS = 30;

    private PodDefaults() {}

    public static Pod pod(Pod pod) {
        var spec = template(pod.spec());
        var containers = Edit.each(spec.containers(), PodDefaults::requestsFromLimits);
        var initial = Edit.each(spec.initContainers(), PodDefaults::requestsFromLimits);
        var edit =
                Edit.of(spec)
                        .set(PodSpec::containers, ports(containers, spec.hostNetwork()))
                        .set(PodSpec::initContainers, ports(initial, spec.hostNetwork()))
                        .set(PodSpec::resources, PodResources.withDefaults(spec, containers));
        if (spec.enableServiceLinks() == null) {
            edit.set(PodSpec::enableServiceLinks, true);
        }
        return Edit.of(pod)
                .set(Pod::spec, edit.done())
                .set(Pod::status, withAllIps(pod.status()))
                .done();
    }

    public static PodTemplateSpec template(PodTemplateSpec template) {
        return Edit.with(template, PodTemplateSpec::spec, template(template.spec()));
    }

    /// The defaults of a spec that is not yet, or perhaps never, a pod.
    public static PodSpec template(PodSpec spec) {
        var edit = Edit.of(spec);
        if (spec.restartPolicy().isEmpty()) {
            edit.set(PodSpec::restartPolicy, "Always");
        }
        if (spec.dnsPolicy().isEmpty()) {
            edit.set(PodSpec::dnsPolicy, "ClusterFirst");
        }
        if (spec.schedulerName().isEmpty()) {
            edit.set(PodSpec::schedulerName, "default-scheduler");
        }
        if (spec.securityContext() == null) {
            edit.set(PodSpec::securityContext, RecordType.of(PodSecurityContext.class).empty());
        }
        if (spec.terminationGracePeriodSeconds() == null) {
            edit.set(PodSpec::terminationGracePeriodSeconds, GRACE_SECONDS);
        }
        accountUnderBothNames(spec, edit);
        return edit.set(PodSpec::overhead, toMillis(spec.overhead()))
                .change(PodSpec::resources, PodDefaults::rounded)
                .set(PodSpec::volumes, Edit.each(spec.volumes(), VolumeDefaults::volume))
                .set(
                        PodSpec::initContainers,
                        Edit.each(spec.initContainers(), ContainerDefaults::of))
                .set(PodSpec::containers, Edit.each(spec.containers(), ContainerDefaults::of))
                .set(
                        PodSpec::ephemeralContainers,
                        Edit.each(spec.ephemeralContainers(), PodDefaults::ephemeral))
                .done();
    }

    static EphemeralContainer ephemeral(EphemeralContainer container) {
        return EphemeralContainers.like(
                container, ContainerDefaults.of(EphemeralContainers.asContainer(container)));
    }

    /// Amounts finer than a thousandth are rounded up.
    public static Map<String, Quantity> toMillis(Map<String, Quantity> amounts) {
        if (amounts.values().stream().noneMatch(PodDefaults::tooFine)) {
            return amounts;
        }
        var rounded = new LinkedHashMap<>(amounts);
        rounded.replaceAll((name, amount) -> tooFine(amount) ? milli(amount) : amount);
        return rounded;
    }

    static ResourceRequirements rounded(ResourceRequirements resources) {
        return resources == null
                ? resources
                : Edit.of(resources)
                        .change(ResourceRequirements::limits, PodDefaults::toMillis)
                        .change(ResourceRequirements::requests, PodDefaults::toMillis)
                        .done();
    }

    private static Quantity milli(Quantity amount) {
        return Quantity.ofMillis(amount.millis());
    }

    private static boolean tooFine(Quantity amount) {
        return amount.text().endsWith("n") || amount.text().endsWith("u");
    }

    /// `serviceAccount` is the older name of `serviceAccountName`; both are served.
    private static void accountUnderBothNames(PodSpec spec, Edit<PodSpec> edit) {
        var name =
                spec.serviceAccountName().isEmpty()
                        ? spec.serviceAccount()
                        : spec.serviceAccountName();
        edit.set(PodSpec::serviceAccountName, name).set(PodSpec::serviceAccount, name);
    }

    /// `podIP` is the first of `podIPs`.
    private static PodStatus withAllIps(PodStatus status) {
        if (!status.podIP().isEmpty() && status.podIPs().isEmpty()) {
            return Edit.with(status, PodStatus::podIPs, List.of(new PodIP(status.podIP())));
        }
        if (!status.podIPs().isEmpty() && !status.podIPs().getFirst().ip().equals(status.podIP())) {
            return Edit.with(status, PodStatus::podIP, status.podIPs().getFirst().ip());
        }
        return status;
    }

    private static Container requestsFromLimits(Container container) {
        var resources = container.resources();
        if (resources.requests().keySet().containsAll(resources.limits().keySet())) {
            return container;
        }
        var requests = new LinkedHashMap<>(resources.requests());
        resources.limits().forEach(requests::putIfAbsent);
        return Edit.with(
                container,
                Container::resources,
                Edit.with(resources, ResourceRequirements::requests, requests));
    }

    /// On the node's network a container's port is the node's.
    private static List<Container> ports(List<Container> containers, boolean hostNetwork) {
        if (!hostNetwork) {
            return containers;
        }
        return Edit.each(
                containers,
                container ->
                        Edit.with(
                                container,
                                Container::ports,
                                Edit.each(container.ports(), ContainerDefaults::hostPort)));
    }
}
