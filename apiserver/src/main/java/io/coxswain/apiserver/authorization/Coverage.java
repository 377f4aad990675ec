package io.coxswain.apiserver.authorization;

import io.coxswain.api.rbac.PolicyRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Which of some rules are not covered by others. Rules are taken apart into single rights, and
/// what is missing is put together again for the message.
public final class Coverage {

    private static final String ALL = "*";

    private Coverage() {}

    /// What `wanted` grants and `owned` does not.
    public static List<PolicyRule> missing(List<PolicyRule> owned, List<PolicyRule> wanted) {
        var missing = new ArrayList<PolicyRule>();
        for (var rule : wanted) {
            for (var right : rights(rule)) {
                if (owned.stream().noneMatch(own -> covers(own, right))) {
                    missing.add(right);
                }
            }
        }
        return compact(missing);
    }

    /// One rule per verb, group, resource and name, or per verb and path.
    private static List<PolicyRule> rights(PolicyRule rule) {
        var rights = new ArrayList<PolicyRule>();
        for (var verb : rule.verbs()) {
            for (var url : rule.nonResourceURLs()) {
                rights.add(
                        new PolicyRule(
                                List.of(verb), List.of(), List.of(), List.of(), List.of(url)));
            }
            for (var group : rule.apiGroups()) {
                for (var resource : rule.resources()) {
                    var names =
                            rule.resourceNames().isEmpty()
                                    ? List.of(List.<String>of())
                                    : rule.resourceNames().stream().map(List::of).toList();
                    for (var name : names) {
                        rights.add(
                                new PolicyRule(
                                        List.of(verb),
                                        List.of(group),
                                        List.of(resource),
                                        name,
                                        List.of()));
                    }
                }
            }
        }
        return rights;
    }

    private static boolean covers(PolicyRule own, PolicyRule right) {
        if (!has(own.verbs(), right.verbs().getFirst())) {
            return false;
        }
        if (!right.nonResourceURLs().isEmpty()) {
            var url = right.nonResourceURLs().getFirst();
            return own.nonResourceURLs().stream().anyMatch(known -> path(known, url));
        }
        return has(own.apiGroups(), right.apiGroups().getFirst())
                && resource(own.resources(), right.resources().getFirst())
                && (own.resourceNames().isEmpty()
                        || (!right.resourceNames().isEmpty()
                                && own.resourceNames().containsAll(right.resourceNames())));
    }

    private static boolean has(List<String> values, String value) {
        return values.contains(ALL) || values.contains(value);
    }

    private static boolean resource(List<String> known, String resource) {
        if (has(known, resource)) {
            return true;
        }
        var slash = resource.indexOf('/');
        return slash >= 0 && known.contains(ALL + resource.substring(slash));
    }

    private static boolean path(String known, String url) {
        return known.equals(ALL)
                || known.equals(url)
                || (known.endsWith(ALL) && url.startsWith(known.substring(0, known.length() - 1)));
    }

    /// Rights that differ in their verb only become one rule.
    private static List<PolicyRule> compact(List<PolicyRule> rights) {
        var verbs = new LinkedHashMap<PolicyRule, List<String>>();
        for (var right : rights) {
            var rest =
                    new PolicyRule(
                            List.of(),
                            right.apiGroups(),
                            right.resources(),
                            right.resourceNames(),
                            right.nonResourceURLs());
            verbs.computeIfAbsent(rest, key -> new ArrayList<>()).add(right.verbs().getFirst());
        }
        var rules = new ArrayList<PolicyRule>();
        verbs.forEach((rest, all) ->
                rules.add(
                        new PolicyRule(
                                all.stream().distinct().toList(),
                                rest.apiGroups(),
                                rest.resources(),
                                rest.resourceNames(),
                                rest.nonResourceURLs())));
        rules.sort(java.util.Comparator.comparing(Coverage::text));
        return rules;
    }

    /// `{APIGroups:[""], Resources:["secrets"], Verbs:["get"]}`.
    public static String text(PolicyRule rule) {
        var parts = new ArrayList<String>();
        add(parts, "APIGroups", rule.apiGroups());
        add(parts, "Resources", rule.resources());
        add(parts, "ResourceNames", rule.resourceNames());
        add(parts, "NonResourceURLs", rule.nonResourceURLs());
        add(parts, "Verbs", rule.verbs());
        return "{" + String.join(", ", parts) + "}";
    }

    private static void add(List<String> parts, String name, List<String> values) {
        if (!values.isEmpty()) {
            Function<String, String> quoted = value -> "\"" + value + "\"";
            parts.add(
                    name
                            + ":"
                            + values.stream()
                                    .map(quoted)
                                    .collect(Collectors.joining(" ", "[", "]")));
        }
    }
}
