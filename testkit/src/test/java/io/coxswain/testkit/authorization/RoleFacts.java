package io.coxswain.testkit.authorization;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Roles and bindings as the text files have them.
///
/// ```
/// clusterrole view is=aggregate-to-edit collects=aggregate-to-view
/// role reader namespace=team
///   rule verbs=get,list groups=-,apps resources=pods,deployments/scale names=a urls=/logs/*
/// binding ed namespace=team clusterrole=edit to=user:ed,group:staff,account:team/worker
/// ```
record RoleFacts(List<Role> roles, List<Binding> bindings) {

    /// One line of what may be done.
    record Rule(
            List<String> verbs,
            List<String> groups,
            List<String> resources,
            List<String> names,
            List<String> urls) {}

    /// @param namespace empty for a ClusterRole
    record Role(
            String namespace,
            String name,
            List<String> is,
            List<String> collects,
            List<Rule> rules) {}

    /// @param namespace empty for a ClusterRoleBinding
    /// @param clusterRole whether `role` is a ClusterRole
    record Binding(
            String namespace,
            String name,
            boolean clusterRole,
            String role,
            List<String> subjects) {}

    static RoleFacts read(String file) {
        var roles = new ArrayList<Role>();
        var bindings = new ArrayList<Binding>();
        for (var line : Facts.lines(file)) {
            var words = line.strip().split(" ");
            var values = values(words);
            switch (words[0]) {
                case "rule" -> roles.getLast().rules().add(rule(values));
                case "binding" -> bindings.add(binding(words[1], values));
                default ->
                        roles.add(
                                new Role(
                                        text(values, "namespace"),
                                        words[1],
                                        list(values, "is"),
                                        list(values, "collects"),
                                        new ArrayList<>()));
            }
        }
        return new RoleFacts(roles, bindings);
    }

    RoleFacts and(RoleFacts other) {
        var all = new ArrayList<>(roles);
        all.addAll(other.roles());
        var bound = new ArrayList<>(bindings);
        bound.addAll(other.bindings());
        return new RoleFacts(all, bound);
    }

    @Nullable Role find(String namespace, String name) {
        return roles.stream()
                .filter(role -> role.namespace().equals(namespace) && role.name().equals(name))
                .findFirst()
                .orElse(null);
    }

    /// The rules of a role, with those that it collects from others.
    List<Rule> rules(Role role) {
        var all = new ArrayList<>(role.rules());
        for (var other : roles) {
            if (other.is().stream().anyMatch(role.collects()::contains)) {
                all.addAll(rules(other));
            }
        }
        return all;
    }

    private static Rule rule(Map<String, String> values) {
        return new Rule(
                list(values, "verbs"),
                list(values, "groups"),
                list(values, "resources"),
                list(values, "names"),
                list(values, "urls"));
    }

    private static Binding binding(String name, Map<String, String> values) {
        var clusterRole = values.containsKey("clusterrole");
        return new Binding(
                text(values, "namespace"),
                name,
                clusterRole,
                text(values, clusterRole ? "clusterrole" : "role"),
                list(values, "to"));
    }

    private static Map<String, String> values(String[] words) {
        var values = new HashMap<String, String>();
        for (var word : words) {
            var equals = word.indexOf('=');
            if (equals > 0) {
                values.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return values;
    }

    private static String text(Map<String, String> values, String key) {
        return Objects.requireNonNullElse(values.get(key), "");
    }

    private static List<String> list(Map<String, String> values, String key) {
        var text = values.get(key);
        return text == null
                ? List.of()
                : List.of(text.split(",")).stream().map(it -> it.equals("-") ? "" : it).toList();
    }
}
