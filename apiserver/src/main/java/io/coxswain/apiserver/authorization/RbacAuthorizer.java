package io.coxswain.apiserver.authorization;

import io.coxswain.api.rbac.ClusterRole;
import io.coxswain.api.rbac.ClusterRoleBinding;
import io.coxswain.api.rbac.PolicyRule;
import io.coxswain.api.rbac.Role;
import io.coxswain.api.rbac.RoleBinding;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.storage.CompactedException;
import io.coxswain.storage.Store;
import io.coxswain.storage.Watch;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/// Role-based access control: what is not granted by a role bound to the user or one of its groups
/// is not allowed. Follows the roles and bindings in the store: a write of one is in force when it
/// returns.
public final class RbacAuthorizer implements Authorizer, AutoCloseable {

    private static final List<Class<? extends Resource>> SOURCES =
            List.of(ClusterRole.class, Role.class, ClusterRoleBinding.class, RoleBinding.class);

    private static final int EVENTS_AT_ONCE = 1_000;
    private static final NoOpinion NOTHING = new NoOpinion("");
    private static final Allowed ALLOWED = new Allowed("");

    private final Store store;
    private final Catalog catalog;
    private final AtomicLong changes = new AtomicLong();
    private final List<Source<?>> sources = new ArrayList<>();
    private volatile long seen;
    private volatile Policy policy = new Policy();

    private record Source<T extends Resource>(Served<T> kind, Watch watch) {

        void follow(Policy policy) {
            for (var events = watch.poll(EVENTS_AT_ONCE);
                    !events.isEmpty();
                    events = watch.poll(EVENTS_AT_ONCE)) {
                for (var event : events) {
                    if (event.deleted()) {
                        policy.remove(kind.object(event.entry()));
                    } else {
                        policy.put(kind.object(event.entry()));
                    }
                }
            }
        }
    }

    public RbacAuthorizer(Store store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /// Starts to follow the store.
    public synchronized void start() {
        read();
    }

    @Override
    public Decision authorize(Attributes attributes) {
        var user = attributes.user();
        if (user.groups().contains(User.MASTERS)) {
            return ALLOWED;
        }
        var current = current();
        var allowed = current.find(attributes);
        if (allowed != null) {
            return allowed;
        }
        var missing = current.missing(user, attributes.namespace());
        return missing.isEmpty() ? NOTHING : new NoOpinion("RBAC: " + text(missing));
    }

    private static String text(List<String> missing) {
        return missing.size() == 1 ? missing.getFirst() : "[" + String.join(", ", missing) + "]";
    }

    /// Everything `user` may do in `namespace`: cluster-wide grants and those of the namespace.
    public List<PolicyRule> rulesFor(User user, String namespace) {
        return current().rulesFor(user, namespace);
    }

    @Override
    public synchronized void close() {
        sources.forEach(source -> source.watch().close());
        sources.clear();
    }

    private Policy current() {
        var happened = changes.get();
        if (seen < happened) {
            catchUp(happened);
        }
        return policy;
    }

    /// Takes over all changes up to `happened` at least.
    private synchronized void catchUp(long happened) {
        if (seen >= happened) {
            return;
        }
        var now = changes.get();
        try {
            sources.forEach(source -> source.follow(policy));
        } catch (CompactedException e) {
            read();
        }
        seen = now;
    }

    private void read() {
        sources.forEach(source -> source.watch().close());
        sources.clear();
        var snapshot = store.snapshot();
        var fresh = new Policy();
        for (var type : SOURCES) {
            catalog.all(snapshot, type).forEach(fresh::put);
            sources.add(follow(type, snapshot.revision()));
        }
        policy = fresh;
    }

    private <T extends Resource> Source<T> follow(Class<T> type, long revision) {
        var kind = catalog.of(type);
        var watch = store.watch(kind.resource(), revision, changes::incrementAndGet);
        return new Source<>(kind, watch);
    }
}
