package io.coxswain.apiserver.authorization;

import io.coxswain.api.rbac.ClusterRole;
import io.coxswain.api.rbac.ClusterRoleBinding;
import io.coxswain.api.rbac.PolicyRule;
import io.coxswain.api.rbac.Role;
import io.coxswain.api.rbac.RoleBinding;
import io.coxswain.api.rbac.RoleRef;
import io.coxswain.api.rbac.Subject;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authorization.Authorizer.Allowed;
import io.coxswain.apiserver.authorization.Grants.Grant;
import io.coxswain.apiserver.authorization.Grants.RoleRules;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// All roles and bindings, indexed by whom they are for: a decision looks only at the grants of its
/// own user and groups, those of the whole cluster and those of the namespace.
///
/// One thread at a time tells it what changed; any number asks meanwhile. A change costs what the
/// changed object is worth, not what the policy is.
final class Policy {

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    /// Where grants are kept: a user or group, and a namespace or "" for the whole cluster.
    private record Place(String subject, String namespace) {}

    private record Given(Map<Place, Grants> index, Place place, Grant grant) {}

    private final Map<String, RoleRules> roles = new ConcurrentHashMap<>();
    private final Map<String, List<Given>> bindings = new HashMap<>();
    private final Map<Place, Grants> byUser = new ConcurrentHashMap<>();
    private final Map<Place, Grants> byGroup = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong();

    /// An object is new or changed.
    void put(Resource object) {
        switch (object) {
            case ClusterRole role -> rules("", role.name()).set(role.rules());
            case Role role -> rules(role.namespace(), role.name()).set(role.rules());
            case ClusterRoleBinding binding -> bind(object, binding.roleRef(), binding.subjects());
            case RoleBinding binding -> bind(object, binding.roleRef(), binding.subjects());
            default -> throw new IllegalArgumentException(object.getClass().getName());
        }
        version.incrementAndGet();
    }

    /// An object is there no more.
    void remove(Resource object) {
        switch (object) {
            case ClusterRole role -> rules("", role.name()).set(null);
            case Role role -> rules(role.namespace(), role.name()).set(null);
            default -> unbind(key(object));
        }
        version.incrementAndGet();
    }

    private static String key(Resource object) {
        return object.namespace() + "/" + object.name();
    }

    private RoleRules rules(String namespace, String name) {
        return roles.computeIfAbsent(namespace + "/" + name, key -> new RoleRules());
    }

    private void bind(Resource binding, RoleRef ref, List<Subject> subjects) {
        unbind(key(binding));
        var namespace = binding.namespace();
        var role = rules(ref.kind().equals("ClusterRole") ? "" : namespace, ref.name());
        var given = new ArrayList<Given>(subjects.size());
        for (var subject : subjects) {
            var to = place(subject, namespace);
            if (to != null) {
                var index = subject.kind().equals("Group") ? byGroup : byUser;
                var grant = Grant.of(role, ref, namespace, binding.name(), subject);
                index.computeIfAbsent(to, key -> new Grants()).add(grant);
                given.add(new Given(index, to, grant));
            }
        }
        bindings.put(key(binding), given);
    }

    private void unbind(String key) {
        var before = bindings.remove(key);
        if (before == null) {
            return;
        }
        for (var given : before) {
            var grants = given.index().get(given.place());
            if (grants != null) {
                grants.remove(given.grant());
                if (grants.isEmpty()) {
                    given.index().remove(given.place());
                }
            }
        }
    }

    private static @Nullable Place place(Subject subject, String namespace) {
        return switch (subject.kind()) {
            case "User", "Group" -> new Place(subject.name(), namespace);
            case "ServiceAccount" -> {
                var home = subject.namespace().isEmpty() ? namespace : subject.namespace();
                yield new Place(SERVICE_ACCOUNT + home + ":" + subject.name(), namespace);
            }
            default -> null;
        };
    }

    /// What allows a request; null for nothing.
    @Nullable Allowed find(Attributes request) {
        var everywhere = find(request, "");
        if (everywhere != null || !request.resourceRequest() || request.namespace().isEmpty()) {
            return everywhere;
        }
        return find(request, request.namespace());
    }

    private @Nullable Allowed find(Attributes request, String namespace) {
        var now = version.get();
        var user = request.user();
        var own = byUser.get(new Place(user.name(), namespace));
        var found = own == null ? null : own.find(request, now);
        if (found != null) {
            return found;
        }
        for (var group : user.groups()) {
            var shared = byGroup.get(new Place(group, namespace));
            var byThem = shared == null ? null : shared.find(request, now);
            if (byThem != null) {
                return byThem;
            }
        }
        return null;
    }

    /// Everything that `user` was given in the cluster and in one namespace.
    List<PolicyRule> rulesFor(User user, String namespace) {
        var rules = new ArrayList<PolicyRule>();
        Set<RoleRules> seen = new HashSet<>();
        grantsOf(user, namespace).forEach(grants -> grants.collect(seen, rules));
        return rules;
    }

    /// The roles somebody was given that do not exist; to be told with a refusal.
    List<String> missing(User user, String namespace) {
        var all = new LinkedHashSet<String>();
        grantsOf(user, namespace).forEach(grants -> all.addAll(grants.missing()));
        return List.copyOf(all);
    }

    private List<Grants> grantsOf(User user, String namespace) {
        var all = new ArrayList<Grants>();
        for (var place : namespace.isEmpty() ? List.of("") : List.of("", namespace)) {
            add(all, byUser.get(new Place(user.name(), place)));
            user.groups().forEach(group -> add(all, byGroup.get(new Place(group, place))));
        }
        return all;
    }

    private static void add(List<Grants> all, @Nullable Grants some) {
        if (some != null) {
            all.add(some);
        }
    }
}
