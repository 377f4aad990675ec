package io.coxswain.testkit.authorization;

import io.coxswain.testkit.TestCluster;
import java.util.List;

/// The cluster that the matrix is about: two nodes, a pod on the first, and what the pod needs.
final class Team {

    private static final String OBJECTS =
            """
            {apiVersion: v1, kind: Namespace, metadata: {name: other}}
            ---
            {apiVersion: v1, kind: Node, metadata: {name: node-1}}
            ---
            {apiVersion: v1, kind: Node, metadata: {name: node-2}}
            ---
            {apiVersion: v1, kind: ServiceAccount, metadata: {name: held, namespace: team}}
            ---
            {apiVersion: v1, kind: Secret, metadata: {name: held, namespace: team}}
            ---
            {apiVersion: v1, kind: ConfigMap, metadata: {name: held, namespace: team}}
            ---
            apiVersion: v1
            kind: PersistentVolume
            metadata: {name: held}
            spec:
              accessModes: [ReadWriteOnce]
              capacity: {storage: 1Gi}
              hostPath: {path: /srv}
              claimRef: {namespace: team, name: held}
            ---
            apiVersion: v1
            kind: PersistentVolumeClaim
            metadata: {name: held, namespace: team}
            spec:
              accessModes: [ReadWriteOnce]
              resources: {requests: {storage: 1Gi}}
              volumeName: held
            ---
            apiVersion: storage.k8s.io/v1
            kind: VolumeAttachment
            metadata: {name: held}
            spec: {attacher: driver, nodeName: node-1, source: {persistentVolumeName: held}}
            ---
            apiVersion: resource.k8s.io/v1
            kind: ResourceClaim
            metadata: {name: held, namespace: team}
            spec: {}
            ---
            apiVersion: resource.k8s.io/v1
            kind: ResourceSlice
            metadata: {name: held}
            spec:
              driver: driver.example.com
              nodeName: node-1
              pool: {name: node-1, generation: 1, resourceSliceCount: 1}
            ---
            apiVersion: v1
            kind: Pod
            metadata: {name: held, namespace: team}
            spec:
              nodeName: node-1
              serviceAccountName: held
              automountServiceAccountToken: false
              containers: [{name: main, image: "web:1"}]
              resourceClaims: [{name: device, resourceClaimName: held}]
              volumes:
              - {name: secret, secret: {secretName: held}}
              - {name: settings, configMap: {name: held}}
              - {name: data, persistentVolumeClaim: {claimName: held}}
            """;

    private Team() {}

    /// Fills a cluster: the objects above, and the roles and bindings in `own`.
    static void in(TestCluster cluster, RoleFacts own) {
        cluster.apply("{apiVersion: v1, kind: Namespace, metadata: {name: team}}").settle();
        cluster.apply(OBJECTS).settle();
        own.roles().forEach(role -> cluster.create(manifest(role)));
        own.bindings().forEach(binding -> cluster.create(manifest(binding)));
    }

    private static String manifest(RoleFacts.Role role) {
        var text =
                new StringBuilder(head(role.namespace(), "Role", role.name())).append("rules:\n");
        for (var rule : role.rules()) {
            text.append("- verbs: ").append(quoted(rule.verbs())).append('\n');
            text.append("  apiGroups: ").append(quoted(rule.groups())).append('\n');
            text.append("  resources: ").append(quoted(rule.resources())).append('\n');
            text.append("  resourceNames: ").append(quoted(rule.names())).append('\n');
            text.append("  nonResourceURLs: ").append(quoted(rule.urls())).append('\n');
        }
        return text.toString();
    }

    private static String manifest(RoleFacts.Binding binding) {
        var text = new StringBuilder(head(binding.namespace(), "RoleBinding", binding.name()));
        text.append("roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ")
                .append(binding.clusterRole() ? "ClusterRole" : "Role")
                .append(", name: ")
                .append(binding.role())
                .append("}\nsubjects:\n");
        for (var subject : binding.subjects()) {
            text.append("- ").append(subject(subject)).append('\n');
        }
        return text.toString();
    }

    private static String head(String namespace, String kind, String name) {
        return "apiVersion: rbac.authorization.k8s.io/v1\nkind: "
                + (namespace.isEmpty() ? "Cluster" : "")
                + kind
                + "\nmetadata: {name: "
                + name
                + (namespace.isEmpty() ? "" : ", namespace: " + namespace)
                + "}\n";
    }

    private static String subject(String subject) {
        var colon = subject.indexOf(':');
        var name = subject.substring(colon + 1);
        var group = ", apiGroup: rbac.authorization.k8s.io}";
        return switch (subject.substring(0, colon)) {
            case "user" -> "{kind: User, name: \"" + name + "\"" + group;
            case "group" -> "{kind: Group, name: \"" + name + "\"" + group;
            default ->
                    "{kind: ServiceAccount, namespace: %s, name: %s}"
                            .formatted((Object[]) name.split("/"));
        };
    }

    private static String quoted(List<String> values) {
        return values.isEmpty() ? "[]" : "[\"" + String.join("\", \"", values) + "\"]";
    }
}
