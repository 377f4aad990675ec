package io.coxswain.testkit.authorization;

/// One question: may somebody do this? A path, or a resource with or without a name.
///
/// @param resource with its subresource, as rules name it: `pods/log`
record Cell(
        String verb, String group, String resource, String namespace, String name, String path) {

    static Cell of(String verb, Served served, String namespace, String name) {
        return new Cell(verb, served.group(), served.resource(), namespace, name, "");
    }

    static Cell path(String verb, String path) {
        return new Cell(verb, "", "", "", "", path);
    }

    boolean named() {
        return !name.isEmpty();
    }

    String plain() {
        var slash = resource.indexOf('/');
        return slash < 0 ? resource : resource.substring(0, slash);
    }

    String subresource() {
        var slash = resource.indexOf('/');
        return slash < 0 ? "" : resource.substring(slash + 1);
    }
}
