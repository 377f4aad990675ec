package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Failures;
import io.coxswain.cli.Session;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;

/// The parts of roles and bindings.
public final class Rules {

    private static final String GROUP = "rbac.authorization.k8s.io";

    private static final Set<String> STANDARD =
            Set.of(
                    "*",
                    "get",
                    "delete",
                    "list",
                    "create",
                    "update",
                    "patch",
                    "watch",
                    "proxy",
                    "deletecollection",
                    "use",
                    "bind",
                    "approve",
                    "sign",
                    "escalate",
                    "impersonate",
                    "attest",
                    "mount");

    private Rules() {}

    static List<String> words(List<String> lists) {
        return lists.stream().flatMap(list -> Arrays.stream(list.split(","))).distinct().toList();
    }

    /// One rule for each API group of the resources.
    static Json.Arr of(
            Session session, List<String> verbs, List<String> resources, List<String> names) {
        if (verbs.isEmpty()) {
            throw new CliError("at least one verb must be specified");
        }
        if (resources.isEmpty()) {
            throw new CliError("at least one resource must be specified");
        }
        for (var verb : words(verbs)) {
            if (!STANDARD.contains(verb)) {
                session.err().println("Warning: '" + verb + "' is not a standard resource verb");
            }
        }
        var byGroup = new LinkedHashMap<String, List<String>>();
        for (var word : words(resources)) {
            var slash = word.indexOf('/');
            var sub = slash < 0 ? "" : word.substring(slash);
            var named = slash < 0 ? word : word.substring(0, slash);
            if (named.equals("*")) {
                byGroup.computeIfAbsent("*", key -> new ArrayList<>()).add("*" + sub);
                continue;
            }
            var type = session.types().search(named);
            if (type == null) {
                throw Failures.bare("the server doesn't have a resource type \"" + named + "\"");
            }
            byGroup.computeIfAbsent(type.group(), key -> new ArrayList<>())
                    .add(type.plural() + sub);
        }
        var rules = new ArrayList<Json>();
        byGroup.forEach((group, plurals) -> {
            var rule =
                    Trees.of(
                            "apiGroups",
                            Trees.list(List.of(group)),
                            "resources",
                            Trees.list(plurals));
            if (!names.isEmpty()) {
                rule = rule.with("resourceNames", Trees.list(words(names)));
            }
            rules.add(rule.with("verbs", Trees.list(words(verbs))));
        });
        return Json.array(rules);
    }

    static Json.Obj roleRef(String kind, String name) {
        return Trees.of("apiGroup", GROUP, "kind", kind, "name", name);
    }

    public static Json.Arr subjects(
            List<String> users, List<String> groups, List<String> accounts) {
        var subjects = new ArrayList<Json>();
        words(users)
                .forEach(u -> subjects.add(Trees.of("apiGroup", GROUP, "kind", "User", "name", u)));
        words(groups)
                .forEach(
                        g -> subjects.add(Trees.of("apiGroup", GROUP, "kind", "Group", "name", g)));
        for (var account : words(accounts)) {
            var parts = account.split(":");
            if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw new CliError("serviceaccount must be <namespace>:<name>");
            }
            subjects.add(
                    Trees.of("kind", "ServiceAccount", "name", parts[1], "namespace", parts[0]));
        }
        return Json.array(subjects);
    }
}
