package io.coxswain.apiserver.admission.nodes;

import io.coxswain.api.authentication.TokenRequest;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.admission.Objects;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A node changes only what is its own: its Node, the pods that run on it, its lease; and asks for
/// tokens for those pods only.
public record NodeRestriction(Objects objects, NodeTokens tokens) implements AdmissionPlugin {

    private static final String PREFIX = "system:node:";
    private static final String GROUP = "system:nodes";
    private static final String MIRROR = "kubernetes.io/config.mirror";
    private static final String LEASES = "kube-node-lease";

    /// Labels of Kubernetes' own that a kubelet sets.
    private static final Set<String> OWN_LABELS =
            Set.of(
                    "kubernetes.io/hostname",
                    "topology.kubernetes.io/zone",
                    "topology.kubernetes.io/region",
                    "failure-domain.beta.kubernetes.io/zone",
                    "failure-domain.beta.kubernetes.io/region",
                    "node.kubernetes.io/instance-type",
                    "beta.kubernetes.io/instance-type",
                    "kubernetes.io/os",
                    "kubernetes.io/arch",
                    "beta.kubernetes.io/os",
                    "beta.kubernetes.io/arch");

    /// A node says for whom a token is to be before the server says so for it.
    @Override
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        var node = node(request.user());
        if (!node.isEmpty() && object instanceof TokenRequest asked) {
            tokens.check(request, node, asked.spec());
        }
        return object;
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        var node = node(request.user());
        if (node.isEmpty()) {
            return;
        }
        switch (request.kind().groupResource()) {
            case "pods" -> pods(request, node, object);
            case "nodes" -> nodes(request, node, object);
            case "persistentvolumeclaims" -> {
                if (!request.subresource().equals("status")) {
                    throw request.forbidden("may only update PVC status");
                }
            }
            case "leases.coordination.k8s.io" -> lease(request, node);
            case "csinodes.storage.k8s.io" -> {
                if (!request.name().equals(node)) {
                    throw request.forbidden(
                            "can only access CSINode with the same name as the requesting node");
                }
            }
            case "resourceslices.resource.k8s.io" -> slice(request, node, object);
            default -> {}
        }
    }

    private static void lease(AdmissionRequest<?> request, String node) {
        if (!request.namespace().equals(LEASES)) {
            throw request.forbidden(
                    "can only access leases in the \"" + LEASES + "\" system namespace");
        }
        if (!request.name().equals(node)) {
            throw request.forbidden(
                    "can only access node lease with the same name as the requesting node");
        }
    }

    private static <T> void slice(AdmissionRequest<T> request, String node, T object) {
        var owner = request.tree(object).object("spec").text("nodeName");
        if (!owner.equals(node)) {
            throw request.forbidden(
                    "can only "
                            + request.operation().name().toLowerCase(java.util.Locale.ROOT)
                            + " ResourceSlice with the same NodeName as the requesting node");
        }
    }

    private void pods(AdmissionRequest<?> request, String node, Object object) {
        if (!(object instanceof Pod pod)) {
            return;
        }
        switch (request.subresource()) {
            case "" -> pod(request, node, pod);
            case "status" -> podStatus(request, node, pod);
            case "eviction" -> {
                if (!pod.spec().nodeName().equals(node)) {
                    throw request.forbidden(
                            "node "
                                    + node
                                    + " can only evict pods with spec.nodeName set to itself");
                }
            }
            default ->
                    throw request.forbidden(
                            "unexpected pod subresource \""
                                    + request.subresource()
                                    + "\", only 'status' and 'eviction' are allowed");
        }
    }

    private void pod(AdmissionRequest<?> request, String node, Pod pod) {
        switch (request.operation()) {
            case CREATE -> newPod(request, node, pod);
            case DELETE -> {
                if (!pod.spec().nodeName().equals(node)) {
                    throw request.forbidden(
                            "node \""
                                    + node
                                    + "\" can only delete pods with spec.nodeName set to itself");
                }
            }
            case UPDATE, CONNECT ->
                    throw request.forbidden(
                            "unexpected operation \""
                                    + request.operation()
                                    + "\", node \""
                                    + node
                                    + "\" can only create and delete mirror pods");
        }
    }

    private void newPod(AdmissionRequest<?> request, String node, Pod pod) {
        if (!pod.metadata().annotations().containsKey(MIRROR)) {
            throw request.forbidden(
                    "pod does not have \""
                            + MIRROR
                            + "\" annotation, node \""
                            + node
                            + "\" can only create mirror pods");
        }
        var who = "node \"" + node + "\" can ";
        if (!pod.spec().nodeName().equals(node)) {
            throw request.forbidden(who + "only create pods with spec.nodeName set to itself");
        }
        var problem = MirrorPods.problem(pod, node, objects.find(Node.class, "", node));
        if (!problem.isEmpty()) {
            throw request.forbidden(problem);
        }
        if (!pod.spec().serviceAccountName().isEmpty()) {
            throw request.forbidden(who + "not create pods that reference a service account");
        }
        var named = MirrorPods.referenced(pod);
        if (!named.isEmpty()) {
            throw request.forbidden(who + "not create pods that reference " + named);
        }
    }

    private static void podStatus(AdmissionRequest<?> request, String node, Pod pod) {
        if (!pod.spec().nodeName().equals(node)) {
            throw request.forbidden(
                    "node \""
                            + node
                            + "\" can only update pod status for pods with spec.nodeName set to"
                            + " itself");
        }
        if (request.old() instanceof Pod old
                && !old.status()
                        .resourceClaimStatuses()
                        .equals(pod.status().resourceClaimStatuses())) {
            throw request.forbidden("node \"" + node + "\" cannot update resource claim statuses");
        }
        if (request.old() instanceof Pod old
                && !old.metadata().labels().equals(pod.metadata().labels())) {
            throw request.forbidden(
                    "node \"" + node + "\" cannot update labels through pod status");
        }
    }

    private static void nodes(AdmissionRequest<?> request, String node, Object object) {
        if (!(object instanceof Node own)) {
            return;
        }
        if (request.operation() == Operation.CREATE) {
            var forbidden = forbidden(Map.of(), own.metadata().labels());
            if (!forbidden.isEmpty()) {
                throw request.forbidden(
                        "node \""
                                + node
                                + "\" is not allowed to set the following labels: "
                                + String.join(", ", forbidden));
            }
            if (!own.metadata().ownerReferences().isEmpty()) {
                throw request.forbidden(
                        "node \"" + node + "\" is not allowed to set ownerReferences");
            }
        }
        if (!request.name().equals(node)) {
            throw request.forbidden(
                    "node \""
                            + node
                            + "\" is not allowed to modify node \""
                            + request.name()
                            + "\"");
        }
        if (request.operation() == Operation.UPDATE && request.old() instanceof Node old) {
            changes(request, node, old, own);
        }
    }

    private static void changes(AdmissionRequest<?> request, String node, Node old, Node own) {
        var who = "node \"" + node + "\" is not allowed to modify ";
        if (!old.spec().taints().equals(own.spec().taints())) {
            throw request.forbidden(who + "taints");
        }
        var forbidden = forbidden(old.metadata().labels(), own.metadata().labels());
        if (!forbidden.isEmpty()) {
            throw request.forbidden(
                    "is not allowed to modify labels: " + String.join(", ", forbidden));
        }
        if (!old.metadata().ownerReferences().equals(own.metadata().ownerReferences())) {
            throw request.forbidden(who + "ownerReferences");
        }
    }

    /// The labels among those that differ which are not a node's to set: they steer workloads.
    private static Set<String> forbidden(Map<String, String> old, Map<String, String> labels) {
        var changed = new TreeSet<>(old.keySet());
        changed.addAll(labels.keySet());
        changed.removeIf(
                key -> java.util.Objects.equals(old.get(key), labels.get(key)) || own(key));
        return changed;
    }

    private static boolean own(String label) {
        var slash = label.indexOf('/');
        var domain = slash < 0 ? "" : label.substring(0, slash);
        if (below(domain, "node-restriction.kubernetes.io")) {
            return false;
        }
        var kubernetes = below(domain, "kubernetes.io") || below(domain, "k8s.io");
        return !kubernetes
                || OWN_LABELS.contains(label)
                || below(domain, "kubelet.kubernetes.io")
                || below(domain, "node.kubernetes.io");
    }

    private static boolean below(String domain, String parent) {
        return domain.equals(parent) || domain.endsWith("." + parent);
    }

    private static String node(User user) {
        return user.groups().contains(GROUP) && user.name().startsWith(PREFIX)
                ? user.name().substring(PREFIX.length())
                : "";
    }
}
