package io.coxswain.testkit.authorization;

import java.util.List;

/// A resource or subresource that a plain API server serves.
record Served(
        String group, String version, String resource, boolean namespaced, List<String> verbs) {

    /// The lines of `served.txt`.
    static List<Served> all() {
        return Facts.lines("served.txt").stream().map(line -> of(line.split(" "))).toList();
    }

    private static Served of(String[] words) {
        return new Served(
                words[0].equals("-") ? "" : words[0],
                words[1],
                words[2],
                words[3].equals("namespaced"),
                List.of(words[4].split(",")));
    }

    /// Where it is served; a subresource is one of the object `name`.
    String path(String namespace, String name) {
        var root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        var scope = namespace.isEmpty() ? "" : "/namespaces/" + namespace;
        var slash = resource.indexOf('/');
        var plain = slash < 0 ? resource : resource.substring(0, slash);
        return root
                + scope
                + "/"
                + plain
                + (name.isEmpty() ? "" : "/" + name)
                + (slash < 0 ? "" : resource.substring(slash));
    }
}
