package io.coxswain.client;

/// What a list or watch asks for.
///
/// @param namespace empty for all namespaces
/// @param resourceVersion for a list: `""` the latest, `"0"` any; for a watch: start right after it
/// @param limit page size, 0 for everything at once
public record ListQuery(
        String namespace,
        String labelSelector,
        String fieldSelector,
        String resourceVersion,
        int limit) {

    public static final ListQuery ALL = new ListQuery("", "", "", "", 0);

    public ListQuery in(String other) {
        return new ListQuery(other, labelSelector, fieldSelector, resourceVersion, limit);
    }

    public ListQuery labelled(String selector) {
        return new ListQuery(namespace, selector, fieldSelector, resourceVersion, limit);
    }

    public ListQuery where(String selector) {
        return new ListQuery(namespace, labelSelector, selector, resourceVersion, limit);
    }

    public ListQuery from(String version) {
        return new ListQuery(namespace, labelSelector, fieldSelector, version, limit);
    }
}
