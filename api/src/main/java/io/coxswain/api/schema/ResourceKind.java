package io.coxswain.api.schema;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the system knows of a kind: its names, its scope and, for built-in kinds, its record.
///
/// @param group empty for the core group
/// @param listKind of a list of objects
/// @param type the record class; null for a custom kind, whose objects are JSON trees
public record ResourceKind<T>(
        String group,
        String version,
        String kind,
        String plural,
        String singular,
        List<String> shortNames,
        List<String> categories,
        Scope scope,
        String listKind,
        @Nullable Class<T> type) {

    /// A kind whose lists are called as usual.
    public ResourceKind(
            String group,
            String version,
            String kind,
            String plural,
            String singular,
            List<String> shortNames,
            List<String> categories,
            Scope scope,
            @Nullable Class<T> type) {
        this(
                group,
                version,
                kind,
                plural,
                singular,
                shortNames,
                categories,
                scope,
                kind + "List",
                type);
    }

    /// The kind a record class describes with `@Kind`.
    public static <T extends Resource> ResourceKind<T> of(Class<T> type) {
        var names = type.getAnnotation(Kind.class);
        if (names == null) {
            throw new IllegalArgumentException(type + " has no @Kind");
        }
        return new ResourceKind<>(
                names.group(),
                names.version(),
                type.getSimpleName(),
                names.plural(),
                type.getSimpleName().toLowerCase(Locale.ROOT),
                List.of(names.shortNames()),
                List.of(names.categories()),
                names.scope(),
                type);
    }

    /// The same kind in another version.
    public ResourceKind<T> in(String other) {
        return new ResourceKind<>(
                group,
                other,
                kind,
                plural,
                singular,
                shortNames,
                categories,
                scope,
                listKind,
                type);
    }

    public boolean namespaced() {
        return scope == Scope.NAMESPACED;
    }

    /// `v1`, `apps/v1`.
    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// `pods`, `deployments.apps`: names the resource in stores, errors and on command lines.
    public String groupResource() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /// The URL path of the collection; `namespace` is ignored for cluster-scoped kinds and empty
    /// for the collection over all namespaces.
    public String path(String namespace) {
        var root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return namespace.isEmpty() || !namespaced()
                ? root + "/" + plural
                : root + "/namespaces/" + namespace + "/" + plural;
    }

    /// The URL path of one object.
    public String path(String namespace, String name) {
        return path(namespace) + "/" + name;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ResourceKind<?> that
                && group.equals(that.group)
                && version.equals(that.version)
                && plural.equals(that.plural);
    }

    @Override
    public int hashCode() {
        return plural.hashCode();
    }

    @Override
    public String toString() {
        return apiVersion() + ", Kind=" + kind;
    }
}
