package io.coxswain.cli.server;

import io.coxswain.client.Discovery;
import io.coxswain.client.Discovery.Subresource;
import java.util.List;
import java.util.Locale;

/// A resource as discovery describes it.
public record ResourceType(
        String group,
        String version,
        String kind,
        String plural,
        String singular,
        boolean namespaced,
        List<String> shortNames,
        List<String> categories,
        List<String> verbs,
        List<Subresource> subresources) {

    static ResourceType of(Discovery.Resource resource) {
        var kind = resource.kind();
        return new ResourceType(
                kind.group(),
                kind.version(),
                kind.kind(),
                kind.plural(),
                kind.singular(),
                kind.namespaced(),
                kind.shortNames(),
                kind.categories(),
                List.copyOf(resource.verbs()),
                resource.subresources());
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// `deployments.apps`, `pods`.
    public String qualifiedPlural() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    /// `deployment.apps`, `pod`: how objects are named to the user.
    public String qualifiedKind() {
        var lower = kind.toLowerCase(Locale.ROOT);
        return group.isEmpty() ? lower : lower + "." + group;
    }

    /// `deployment.apps/web`.
    public String printed(String name) {
        return qualifiedKind() + "/" + name;
    }

    /// The path of the collection; of all namespaces when `namespace` is empty.
    public String path(String namespace) {
        var root = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
        return namespaced && !namespace.isEmpty()
                ? root + "/namespaces/" + namespace + "/" + plural
                : root + "/" + plural;
    }

    public String path(String namespace, String name) {
        return path(namespace) + "/" + name;
    }

    public boolean can(String verb) {
        return verbs.contains(verb);
    }

    /// Whether this is `kind` of `group`, in whatever version.
    public boolean is(String otherGroup, String otherKind) {
        return group.equals(otherGroup) && kind.equals(otherKind);
    }
}
