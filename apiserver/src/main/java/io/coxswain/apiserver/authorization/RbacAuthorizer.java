package io.coxswain.apiserver.authorization;

import io.coxswain.api.Kinds;
import io.coxswain.api.rbac.ClusterRole;
import io.coxswain.api.rbac.ClusterRoleBinding;
import io.coxswain.api.rbac.PolicyRule;
import io.coxswain.api.rbac.Role;
import io.coxswain.api.rbac.RoleBinding;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.storage.Store;
import io.coxswain.storage.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// Role-based access control: what is not granted by a role bound to the user or one of its groups
/// is not allowed. Follows the roles and bindings in the store.
public final class RbacAuthorizer implements Authorizer, AutoCloseable {

    private static final List<Class<? extends Resource>> SOURCES =
            List.of(ClusterRole.class, Role.class, ClusterRoleBinding.class, RoleBinding.class);

    private final Store store;
    private final Catalog catalog;
    private final AtomicBoolean stale = new AtomicBoolean(true);
    private final List<Watch> watches = new ArrayList<>();
    private volatile Policy policy =
            new Policy(objects(List.of(), List.of(), List.of(), List.of()));

    public RbacAuthorizer(Store store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /// Starts to follow the store.
    public void start() {
        var revision = store.snapshot().revision();
        for (var type : SOURCES) {
            var resource = Kinds.of(type).kind().groupResource();
            watches.add(store.watch(resource, revision, () -> stale.set(true)));
        }
    }

    @Override
    public Decision authorize(Attributes attributes) {
        if (attributes.user().groups().contains(User.MASTERS)) {
            return new Allowed("");
        }
        var namespace = attributes.resourceRequest() ? attributes.namespace() : "";
        for (var grant : current().grantsOf(attributes.user(), namespace)) {
            for (var rule : grant.rules()) {
                if (Rules.allows(rule, attributes)) {
                    return new Allowed(grant.reason());
                }
            }
        }
        return new NoOpinion("");
    }

    /// Everything `user` may do in `namespace`: cluster-wide grants and those of the namespace.
    public List<PolicyRule> rulesFor(User user, String namespace) {
        return current().grantsOf(user, namespace).stream()
                .flatMap(grant -> grant.rules().stream())
                .toList();
    }

    @Override
    public void close() {
        watches.forEach(Watch::close);
    }

    private Policy current() {
        if (stale.compareAndSet(true, false)) {
            policy =
                    new Policy(
                            objects(
                                    all(ClusterRole.class),
                                    all(Role.class),
                                    all(ClusterRoleBinding.class),
                                    all(RoleBinding.class)));
        }
        return policy;
    }

    private static Policy.Objects objects(
            List<ClusterRole> clusterRoles,
            List<Role> roles,
            List<ClusterRoleBinding> clusterRoleBindings,
            List<RoleBinding> roleBindings) {
        return new Policy.Objects(clusterRoles, roles, clusterRoleBindings, roleBindings);
    }

    private <T extends Resource> List<T> all(Class<T> type) {
        return catalog.all(store.snapshot(), type);
    }
}
