package io.coxswain.testkit.authorization;

import io.coxswain.testkit.authorization.RoleFacts.Binding;
import io.coxswain.testkit.authorization.RoleFacts.Rule;
import java.util.List;

/// What roles and bindings say, worked out in the plainest way: every binding, every rule, every
/// time.
record Rights(RoleFacts facts) {

    boolean allow(Identity who, Cell cell) {
        return facts.bindings().stream()
                .filter(binding -> reaches(binding, cell))
                .filter(binding -> binding.subjects().stream().anyMatch(it -> is(it, who)))
                .flatMap(binding -> rules(binding).stream())
                .anyMatch(rule -> covers(rule, cell));
    }

    /// A role that does not exist gives nothing.
    private List<Rule> rules(Binding binding) {
        var role = facts.find(binding.clusterRole() ? "" : binding.namespace(), binding.role());
        return role == null ? List.of() : facts.rules(role);
    }

    private static boolean reaches(Binding binding, Cell cell) {
        return binding.namespace().isEmpty()
                || (cell.path().isEmpty() && binding.namespace().equals(cell.namespace()));
    }

    private static boolean is(String subject, Identity who) {
        var colon = subject.indexOf(':');
        var name = subject.substring(colon + 1);
        return switch (subject.substring(0, colon)) {
            case "user" -> who.name().equals(name);
            case "group" -> who.groups().contains(name);
            case "account" -> who.name().equals("system:serviceaccount:" + name.replace('/', ':'));
            default -> throw new IllegalArgumentException(subject);
        };
    }

    static boolean covers(Rule rule, Cell cell) {
        if (!oneOf(rule.verbs(), cell.verb())) {
            return false;
        }
        if (!cell.path().isEmpty()) {
            return rule.urls().stream().anyMatch(url -> leads(url, cell.path()));
        }
        return oneOf(rule.groups(), cell.group())
                && (oneOf(rule.resources(), cell.resource())
                        || (!cell.subresource().isEmpty()
                                && rule.resources().contains("*/" + cell.subresource())))
                && (rule.names().isEmpty() || rule.names().contains(cell.name()));
    }

    private static boolean leads(String url, String path) {
        return url.endsWith("*")
                ? path.startsWith(url.substring(0, url.length() - 1))
                : url.equals(path);
    }

    private static boolean oneOf(List<String> wanted, String value) {
        return wanted.contains("*") || wanted.contains(value);
    }
}
