package io.coxswain.apiserver.authorization;

import io.coxswain.api.rbac.PolicyRule;
import java.util.List;
import java.util.Set;

/// A rule, made ready to be asked often (upstream's `rbac.RuleAllows`).
///
/// @param names empty for any
record CompiledRule(
        Words verbs, Words groups, Words resources, Set<String> names, List<String> urls) {

    /// A set of words, or all there are.
    record Words(boolean all, Set<String> some) {

        static Words of(List<String> words) {
            return new Words(words.contains("*"), Set.copyOf(words));
        }

        boolean include(String word) {
            return all || some.contains(word);
        }
    }

    static CompiledRule of(PolicyRule rule) {
        return new CompiledRule(
                Words.of(rule.verbs()),
                Words.of(rule.apiGroups()),
                Words.of(rule.resources()),
                Set.copyOf(rule.resourceNames()),
                rule.nonResourceURLs());
    }

    boolean allows(Attributes request) {
        if (!verbs.include(request.verb())) {
            return false;
        }
        if (!request.resourceRequest()) {
            return urls.stream().anyMatch(url -> Rules.matches(url, request.path()));
        }
        return covers(request.group(), request.fullResource(), request.subresource())
                && (names.isEmpty() || names.contains(request.name()));
    }

    /// Whether it is about requests of this sort, for one name at least.
    boolean mayAllow(Attributes request) {
        return verbs.include(request.verb())
                && covers(request.group(), request.fullResource(), request.subresource());
    }

    private boolean covers(String group, String resource, String subresource) {
        return groups.include(group)
                && (resources.include(resource)
                        || (!subresource.isEmpty()
                                && resources.some().contains("*/" + subresource)));
    }
}
