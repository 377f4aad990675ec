package io.coxswain.apiserver.authorization;

import io.coxswain.api.rbac.ClusterRole;
import io.coxswain.api.selector.FieldSelectors;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.storage.Store;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Lets a kubelet do what the role `system:node` says, and read only what the pods on its own node
/// refer to. What it may change of that is admission's to say (NodeRestriction).
public final class NodeAuthorizer implements Authorizer {

    private static final String PREFIX = "system:node:";
    private static final String GROUP = "system:nodes";
    private static final String LEASES = "kube-node-lease";
    private static final Set<String> READS = Set.of("get", "list", "watch");
    private static final Set<String> OWN = Set.of("get", "create", "update", "patch", "delete");
    private static final Set<String> CHANGES = Set.of("update", "patch");

    private final Store store;
    private final Catalog catalog;
    private final References references;

    public NodeAuthorizer(Store store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
        this.references = new References(store, catalog);
    }

    @Override
    public Decision authorize(Attributes attributes) {
        var node = nodeName(attributes.user());
        if (node.isEmpty()) {
            return new NoOpinion("");
        }
        if (!attributes.resourceRequest()) {
            return byRole(attributes);
        }
        var resource =
                attributes.group().isEmpty()
                        ? attributes.resource()
                        : attributes.resource() + "." + attributes.group();
        return switch (resource) {
            case "secrets", "configmaps" -> reads(node, attributes);
            case "persistentvolumeclaims" ->
                    attributes.subresource().equals("status")
                            ? changesStatus(node, attributes)
                            : gets(node, attributes);
            case "persistentvolumes",
                    "volumeattachments.storage.k8s.io",
                    "resourceclaims.resource.k8s.io" ->
                    gets(node, attributes);
            case "serviceaccounts" -> serviceAccount(node, attributes);
            case "leases.coordination.k8s.io" -> lease(node, attributes);
            case "csinodes.storage.k8s.io" -> csiNode(node, attributes);
            case "resourceslices.resource.k8s.io" -> slice(node, attributes);
            case "nodes" -> node(node, attributes);
            case "pods" -> pod(node, attributes);
            default -> byRole(attributes);
        };
    }

    /// What is not subdivided is as the role says.
    private Decision byRole(Attributes attributes) {
        var kind = catalog.of(ClusterRole.class);
        var role = store.snapshot().get(kind.key("", "system:node"));
        if (role == null) {
            return new NoOpinion("");
        }
        for (var rule : kind.object(role).rules()) {
            if (Rules.allows(rule, attributes)) {
                return new Allowed("");
            }
        }
        return new NoOpinion("");
    }

    private Decision reads(String node, Attributes attributes) {
        if (!READS.contains(attributes.verb())) {
            return new NoOpinion("can only read resources of this type");
        }
        if (!attributes.subresource().isEmpty()) {
            return new NoOpinion("cannot read subresource");
        }
        if (attributes.namespace().isEmpty()) {
            return new NoOpinion("can only read namespaced object of this type");
        }
        return referred(node, attributes);
    }

    private Decision gets(String node, Attributes attributes) {
        if (!attributes.verb().equals("get")) {
            return new NoOpinion("can only get individual resources of this type");
        }
        if (!attributes.subresource().isEmpty()) {
            return new NoOpinion("cannot get subresource");
        }
        return referred(node, attributes);
    }

    private Decision changesStatus(String node, Attributes attributes) {
        if (!CHANGES.contains(attributes.verb())) {
            return new NoOpinion("can only get/update/patch this type");
        }
        return referred(node, attributes);
    }

    private Decision referred(String node, Attributes attributes) {
        if (attributes.name().isEmpty()) {
            return new NoOpinion("No Object name found");
        }
        return references.reach(
                        node, attributes.resource(), attributes.namespace(), attributes.name())
                ? new Allowed("")
                : new NoOpinion(
                        "no relationship found between node '" + node + "' and this object");
    }

    private Decision serviceAccount(String node, Attributes attributes) {
        if (attributes.verb().equals("get") && attributes.subresource().isEmpty()) {
            return referred(node, attributes);
        }
        if (!attributes.verb().equals("create") || !attributes.subresource().equals("token")) {
            return new NoOpinion("can only create tokens for this type");
        }
        return referred(node, attributes);
    }

    private static Decision lease(String node, Attributes attributes) {
        if (!OWN.contains(attributes.verb())) {
            return new NoOpinion("can only get, create, update, patch, or delete a node lease");
        }
        if (!attributes.namespace().equals(LEASES)) {
            return new NoOpinion(
                    "can only access leases in the \"" + LEASES + "\" system namespace");
        }
        return own(node, attributes, "node lease");
    }

    private static Decision csiNode(String node, Attributes attributes) {
        if (!OWN.contains(attributes.verb())) {
            return new NoOpinion("can only get, create, update, patch, or delete a CSINode");
        }
        if (!attributes.subresource().isEmpty()) {
            return new NoOpinion("cannot authorize CSINode subresources");
        }
        return own(node, attributes, "CSINode");
    }

    /// The name of what is created is not known yet; NodeRestriction looks at it.
    private static Decision own(String node, Attributes attributes, String what) {
        if (!attributes.verb().equals("create") && !attributes.name().equals(node)) {
            return new NoOpinion(
                    "can only access " + what + " with the same name as the requesting node");
        }
        return new Allowed("");
    }

    private static Decision node(String node, Attributes attributes) {
        return switch (attributes.subresource()) {
            case "" ->
                    switch (attributes.verb()) {
                        case "create", "update", "patch" -> new Allowed("");
                        case "get", "list", "watch" -> ownNode(node, attributes.name());
                        default -> new NoOpinion("");
                    };
            case "status" ->
                    CHANGES.contains(attributes.verb()) ? new Allowed("") : new NoOpinion("");
            default -> new NoOpinion("");
        };
    }

    private static Decision ownNode(String node, String name) {
        if (name.equals(node)) {
            return new Allowed("");
        }
        return new NoOpinion(
                name.isEmpty()
                        ? "node '" + node + "' cannot read all nodes, only its own Node object"
                        : "node '"
                                + node
                                + "' cannot read '"
                                + name
                                + "', only its own Node object");
    }

    private Decision pod(String node, Attributes attributes) {
        return switch (attributes.subresource()) {
            case "" ->
                    switch (attributes.verb()) {
                        case "get" -> gets(node, attributes);
                        case "list", "watch" -> listsPods(node, attributes);
                        case "create", "delete" -> new Allowed("");
                        default -> new NoOpinion("");
                    };
            case "status" ->
                    CHANGES.contains(attributes.verb()) ? new Allowed("") : new NoOpinion("");
            case "eviction" ->
                    attributes.verb().equals("create") ? new Allowed("") : new NoOpinion("");
            default -> new NoOpinion("");
        };
    }

    private static Decision listsPods(String node, Attributes attributes) {
        return node.equals(wantedNode(attributes.fieldSelector()))
                ? new Allowed("")
                : new NoOpinion("can only list/watch pods with spec.nodeName field selector");
    }

    /// What a new slice says is NodeRestriction's to look at.
    private Decision slice(String node, Attributes attributes) {
        if (!attributes.subresource().isEmpty()) {
            return new NoOpinion("cannot authorize ResourceSlice subresources");
        }
        return switch (attributes.verb()) {
            case "create" -> new Allowed("");
            case "get", "update", "patch", "delete" -> referred(node, attributes);
            case "list", "watch", "deletecollection" ->
                    node.equals(wantedNode(attributes.fieldSelector()))
                            ? new Allowed("")
                            : new NoOpinion(
                                    "can only list/watch/deletecollection resourceslices with"
                                            + " nodeName field selector");
            default ->
                    new NoOpinion(
                            "only the following verbs are allowed for a ResourceSlice: get, watch,"
                                    + " list, create, update, patch, delete, deletecollection");
        };
    }

    /// A selector that cannot be read narrows nothing; the list itself says what is wrong with it.
    private static @Nullable String wantedNode(String selector) {
        try {
            return FieldSelectors.parse(selector).required("spec.nodeName");
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }

    @Override
    public String unlisted(User user) {
        return nodeName(user).isEmpty()
                ? ""
                : "node authorizer does not support user rule resolution";
    }

    private static String nodeName(User user) {
        return user.groups().contains(GROUP) && user.name().startsWith(PREFIX)
                ? user.name().substring(PREFIX.length())
                : "";
    }
}
