package io.coxswain.apiserver.authorization;

import io.coxswain.api.rbac.PolicyRule;
import io.coxswain.api.rbac.RoleRef;
import io.coxswain.api.rbac.Subject;
import io.coxswain.apiserver.authorization.Authorizer.Allowed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/// What one user or group was given in one namespace, or in the whole cluster.
///
/// Somebody with many grants is asked about through an index: which of them concern a verb on a
/// resource at all. It is made by asking, and thrown away when a role or a grant changes. Read by
/// any number of threads while one writes.
final class Grants {

    /// Up to here going through them all is faster.
    private static final int FEW = 8;

    private static final int QUESTIONS_MAX = 1_000;

    /// The rules of a role, whoever has it; they change in place.
    static final class RoleRules {
        private volatile @Nullable List<PolicyRule> rules;
        private volatile CompiledRule[] compiled = {};

        /// @param now null for a role that is not there
        void set(@Nullable List<PolicyRule> now) {
            compiled =
                    now == null
                            ? new CompiledRule[0]
                            : now.stream().map(CompiledRule::of).toArray(CompiledRule[]::new);
            rules = now;
        }

        boolean missing() {
            return rules == null;
        }

        List<PolicyRule> rules() {
            var known = rules;
            return known == null ? List.of() : known;
        }
    }

    /// A role, given to one subject by one binding.
    record Grant(RoleRules role, RoleRef ref, Allowed allowed) {

        /// @param namespace of the binding; empty for one of the whole cluster
        static Grant of(
                RoleRules role, RoleRef ref, String namespace, String name, Subject subject) {
            var binding =
                    namespace.isEmpty()
                            ? "ClusterRoleBinding \"" + name + "\""
                            : "RoleBinding \"" + name + "/" + namespace + "\"";
            var who =
                    subject.kind().equals("ServiceAccount")
                            ? subject.name() + "/" + subject.namespace()
                            : subject.name();
            return new Grant(
                    role,
                    ref,
                    new Allowed(
                            "RBAC: allowed by "
                                    + binding
                                    + " of "
                                    + ref.kind()
                                    + " \""
                                    + ref.name()
                                    + "\" to "
                                    + subject.kind()
                                    + " \""
                                    + who
                                    + "\""));
        }

        boolean allows(Attributes request) {
            for (var rule : role.compiled) {
                if (rule.allows(request)) {
                    return true;
                }
            }
            return false;
        }

        boolean mayAllow(Attributes request) {
            for (var rule : role.compiled) {
                if (rule.mayAllow(request)) {
                    return true;
                }
            }
            return false;
        }
    }

    private record Question(String verb, String group, String resource) {}

    /// Answers that hold for one state of all roles and of these grants.
    private record Index(long version, ConcurrentMap<Question, Grant[]> answers) {}

    private volatile Grant[] all = {};
    private volatile Index index = new Index(-1, new ConcurrentHashMap<>());

    void add(Grant grant) {
        var longer = Arrays.copyOf(all, all.length + 1);
        longer[all.length] = grant;
        all = longer;
    }

    @SuppressWarnings("ReferenceEquality") // Two bindings may grant the same.
    void remove(Grant grant) {
        all = Arrays.stream(all).filter(one -> one != grant).toArray(Grant[]::new);
    }

    boolean isEmpty() {
        return all.length == 0;
    }

    /// @param version changes whenever any role or grant does
    @Nullable Allowed find(Attributes request, long version) {
        for (var grant : concerned(request, version)) {
            if (grant.allows(request)) {
                return grant.allowed();
            }
        }
        return null;
    }

    private Grant[] concerned(Attributes request, long version) {
        var current = all;
        if (current.length <= FEW || !request.resourceRequest()) {
            return current;
        }
        var known = index;
        if (known.version() != version) {
            known = new Index(version, new ConcurrentHashMap<>());
            index = known;
        }
        var question = new Question(request.verb(), request.group(), request.fullResource());
        var answer = known.answers().get(question);
        if (answer == null) {
            answer =
                    Arrays.stream(current)
                            .filter(grant -> grant.mayAllow(request))
                            .toArray(Grant[]::new);
            if (known.answers().size() < QUESTIONS_MAX) {
                known.answers().put(question, answer);
            }
        }
        return answer;
    }

    /// Each role's rules once.
    void collect(Set<RoleRules> seen, List<PolicyRule> rules) {
        for (var grant : all) {
            if (seen.add(grant.role())) {
                rules.addAll(grant.role().rules());
            }
        }
    }

    /// The roles that are given here but do not exist, as errors name them.
    List<String> missing() {
        var found = new ArrayList<String>();
        for (var grant : all) {
            if (grant.role().missing()) {
                found.add(
                        grant.ref().kind().toLowerCase(java.util.Locale.ROOT)
                                + ".rbac.authorization.k8s.io \""
                                + grant.ref().name()
                                + "\" not found");
            }
        }
        return found;
    }
}
