package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.Session;
import io.coxswain.cli.resource.Target;
import java.util.Map;
import java.util.Set;

/// Finds who describes an object.
public final class Descriptions {

    private static final Map<String, Describer> BY_KIND =
            Map.ofEntries(
                    Map.entry("pod", PodDescriber::describe),
                    Map.entry("deployment.apps", WorkloadDescriber::deployment),
                    Map.entry("replicaset.apps", WorkloadDescriber::replicaSet),
                    Map.entry("statefulset.apps", WorkloadDescriber::statefulSet),
                    Map.entry("daemonset.apps", WorkloadDescriber::daemonSet),
                    Map.entry("replicationcontroller", WorkloadDescriber::replicaSet),
                    Map.entry("job.batch", JobDescriber::job),
                    Map.entry("cronjob.batch", JobDescriber::cronJob),
                    Map.entry("service", ServiceDescriber::describe),
                    Map.entry("endpoints", IngressDescriber::endpoints),
                    Map.entry("endpointslice.discovery.k8s.io", IngressDescriber::slice),
                    Map.entry("ingress.networking.k8s.io", IngressDescriber::ingress),
                    Map.entry("ingressclass.networking.k8s.io", IngressDescriber::ingressClass),
                    Map.entry("networkpolicy.networking.k8s.io", NetworkPolicyDescriber::describe),
                    Map.entry("configmap", ConfigDescriber::configMap),
                    Map.entry("secret", ConfigDescriber::secret),
                    Map.entry("serviceaccount", ConfigDescriber::serviceAccount),
                    Map.entry("persistentvolumeclaim", StorageDescriber::claim),
                    Map.entry("persistentvolume", StorageDescriber::volume),
                    Map.entry("storageclass.storage.k8s.io", StorageDescriber::storageClass),
                    Map.entry("horizontalpodautoscaler.autoscaling", AutoscalerDescriber::describe),
                    Map.entry("poddisruptionbudget.policy", PolicyDescriber::budget),
                    Map.entry("priorityclass.scheduling.k8s.io", PolicyDescriber::priorityClass),
                    Map.entry("resourcequota", PolicyDescriber::quota),
                    Map.entry("limitrange", PolicyDescriber::limits),
                    Map.entry("namespace", PolicyDescriber::namespace),
                    Map.entry("role.rbac.authorization.k8s.io", AccessDescriber::role),
                    Map.entry("clusterrole.rbac.authorization.k8s.io", AccessDescriber::role),
                    Map.entry("rolebinding.rbac.authorization.k8s.io", AccessDescriber::binding),
                    Map.entry(
                            "clusterrolebinding.rbac.authorization.k8s.io",
                            AccessDescriber::binding),
                    Map.entry("node", NodeDescriber::describe));

    /// Kinds whose descriptions say nothing about events.
    private static final Set<String> WITHOUT_EVENTS =
            Set.of(
                    "role.rbac.authorization.k8s.io",
                    "clusterrole.rbac.authorization.k8s.io",
                    "rolebinding.rbac.authorization.k8s.io",
                    "clusterrolebinding.rbac.authorization.k8s.io",
                    "namespace",
                    "networkpolicy.networking.k8s.io",
                    "resourcequota",
                    "limitrange",
                    "secret");

    private final Related related;
    private final boolean events;

    public Descriptions(Session session, boolean events) {
        this.related = new Related(session);
        this.events = events;
    }

    public String of(Target target) {
        var sheet = new Sheet();
        var describer =
                BY_KIND.getOrDefault(target.type().qualifiedKind(), FieldDescriber::describe);
        describer.describe(target, sheet, related);
        if (events && !WITHOUT_EVENTS.contains(target.type().qualifiedKind())) {
            related.events(target.object(), target.namespace(), sheet);
        }
        return sheet.text();
    }

    /// A pod template on its own.
    public static String template(Json.Obj template) {
        var sheet = new Sheet();
        WorkloadDescriber.template(template, sheet);
        return sheet.text();
    }
}
