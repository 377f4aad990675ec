package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// RBAC rules taken apart, one resource or URL a row.
///
/// `{apiGroups: [apps], resources: [deployments], verbs: [get, list]}` is
/// `deployments.apps | [] | [] | [get list]`.
public final class RuleTable {

    /// @param verbs of all rules about the same resource
    private record Row(String resource, String group, String url, String name, Set<String> verbs) {

        /// What rows are ordered by.
        private String order() {
            return "Verbs:[%s],APIGroups:[%s],Resources:[%s],ResourceNames:[%s],URLs:[%s]"
                    .formatted(String.join(" ", verbs), group, resource, name, url);
        }

        private List<String> cells() {
            return List.of(
                    resource.isEmpty() ? "" : qualified(),
                    "[" + url + "]",
                    "[" + name + "]",
                    "[" + String.join(" ", verbs) + "]");
        }

        /// `deployments.apps/scale`.
        private String qualified() {
            if (group.isEmpty()) {
                return resource;
            }
            var slash = resource.indexOf('/');
            return slash < 0
                    ? resource + "." + group
                    : resource.substring(0, slash) + "." + group + resource.substring(slash);
        }
    }

    private final LinkedHashMap<String, Row> byResource = new LinkedHashMap<>();
    private final List<Row> urls = new ArrayList<>();

    private RuleTable() {}

    /// Resources, URLs, resource names and verbs.
    public static List<List<String>> rows(List<Json.Obj> rules) {
        var table = new RuleTable();
        rules.forEach(table::add);
        var all = new ArrayList<>(table.byResource.values());
        all.addAll(table.urls);
        all.sort((a, b) -> a.order().compareTo(b.order()));
        return all.stream().map(Row::cells).toList();
    }

    private void add(Json.Obj rule) {
        var verbs = Trees.texts(rule, "verbs");
        var names = Trees.texts(rule, "resourceNames");
        for (var group : Trees.texts(rule, "apiGroups")) {
            for (var resource : Trees.texts(rule, "resources")) {
                for (var name : names.isEmpty() ? List.of("") : names) {
                    byResource
                            .computeIfAbsent(
                                    group + " " + resource + " " + name,
                                    key ->
                                            new Row(
                                                    resource,
                                                    group,
                                                    "",
                                                    name,
                                                    new LinkedHashSet<>()))
                            .verbs()
                            .addAll(verbs);
                }
            }
        }
        for (var url : Trees.texts(rule, "nonResourceURLs")) {
            urls.add(new Row("", "", url, "", new LinkedHashSet<>(verbs)));
        }
    }
}
