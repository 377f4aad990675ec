package io.coxswain.apiserver.audit;

import io.coxswain.apiserver.authorization.Attributes;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which requests are written down, and how much of each. The first rule that is about a request
/// decides; what no rule is about leaves no trace.
public record AuditPolicy(List<Rule> rules, Set<AuditStage> omitStages) {

    private static final String ALL = "*";

    /// What is done about requests of one sort. An empty list restricts nothing.
    public record Rule(
            Who who,
            List<String> verbs,
            List<Resources> resources,
            List<String> namespaces,
            List<String> urls,
            Verdict verdict) {

        boolean about(Attributes request) {
            return who.includes(request)
                    && (verbs.isEmpty() || verbs.contains(request.verb()))
                    && concerns(request);
        }

        private boolean concerns(Attributes request) {
            if (!namespaces.isEmpty() || !resources.isEmpty()) {
                return request.resourceRequest()
                        && (namespaces.isEmpty() || namespaces.contains(request.namespace()))
                        && (resources.isEmpty()
                                || resources.stream().anyMatch(some -> some.include(request)));
            }
            return urls.isEmpty()
                    || (!request.resourceRequest()
                            && urls.stream().anyMatch(url -> matches(url, request.path())));
        }
    }

    /// Requests of these users and of members of these groups.
    public record Who(List<String> users, List<String> groups) {

        boolean includes(Attributes request) {
            var user = request.user();
            return (users.isEmpty() || users.contains(user.name()))
                    && (groups.isEmpty() || user.groups().stream().anyMatch(groups::contains));
        }
    }

    /// Resources of one group: `pods`, `pods/log`, `pods/*`, `*/status`, `*`.
    public record Resources(String group, List<String> resources, List<String> names) {

        boolean include(Attributes request) {
            return group.equals(request.group())
                    && (resources.isEmpty()
                            || ((names.isEmpty() || names.contains(request.name()))
                                    && resources.stream()
                                            .anyMatch(pattern -> matches(pattern, request))));
        }

        private static boolean matches(String pattern, Attributes request) {
            return pattern.equals(ALL)
                    || pattern.equals(request.fullResource())
                    || (!request.subresource().isEmpty()
                            && pattern.equals(ALL + "/" + request.subresource()))
                    || pattern.equals(request.resource() + "/" + ALL);
        }
    }

    /// What to write down about a request.
    public record Verdict(
            AuditLevel level, Set<AuditStage> omitStages, boolean omitManagedFields) {}

    Verdict verdict(Attributes request) {
        for (var rule : rules) {
            if (rule.about(request)) {
                return rule.verdict();
            }
        }
        return new Verdict(AuditLevel.NONE, omitStages, false);
    }

    private static boolean matches(String url, String path) {
        return url.equals(ALL)
                || url.equals(path)
                || (url.endsWith(ALL) && path.startsWith(url.substring(0, url.length() - 1)));
    }

    /// Everything, at one level.
    public static AuditPolicy everything(AuditLevel level) {
        var stages = EnumSet.noneOf(AuditStage.class);
        var rule =
                new Rule(
                        new Who(List.of(), List.of()),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        new Verdict(level, stages, false));
        return new AuditPolicy(List.of(rule), stages);
    }
}
