package io.coxswain.apiserver.authorization;

import io.coxswain.apiserver.RequestInfo;
import io.coxswain.apiserver.User;

/// What is to be authorized: somebody, a verb, and a resource or a path.
///
/// @param path set for non-resource requests only
/// @param fieldSelector what a list is narrowed to, as text; empty for no selector
/// @param labelSelector likewise
/// @param version of the API in which it is asked for; matters to nobody but authorizers elsewhere
public record Attributes(
        User user,
        String verb,
        String group,
        String namespace,
        String resource,
        String subresource,
        String name,
        String path,
        String fieldSelector,
        String labelSelector,
        String version) {

    public Attributes(
            User user,
            String verb,
            String group,
            String namespace,
            String resource,
            String subresource,
            String name,
            String path) {
        this(user, verb, group, namespace, resource, subresource, name, path, "", "", "");
    }

    public static Attributes of(User user, RequestInfo info) {
        if (!info.resourceRequest()) {
            return new Attributes(user, info.verb().toString(), "", "", "", "", "", info.path());
        }
        return new Attributes(
                user,
                info.verb().toString(),
                info.group(),
                info.namespace(),
                info.resource(),
                info.subresource(),
                info.name(),
                "",
                "",
                "",
                info.version());
    }

    /// The right to act as another identity.
    public static Attributes impersonate(
            User user, String group, String namespace, String resource, String sub, String name) {
        return new Attributes(user, "impersonate", group, namespace, resource, sub, name, "");
    }

    /// This question narrowed to what selectors leave.
    public Attributes selecting(String fields, String labels) {
        return with(name, fields, labels, version);
    }

    /// This question about one object.
    public Attributes named(String other) {
        return with(other, fieldSelector, labelSelector, version);
    }

    /// This question as it is asked in one version of the API.
    public Attributes in(String other) {
        return with(name, fieldSelector, labelSelector, other);
    }

    private Attributes with(String object, String fields, String labels, String asked) {
        return new Attributes(
                user,
                verb,
                group,
                namespace,
                resource,
                subresource,
                object,
                path,
                fields,
                labels,
                asked);
    }

    public boolean resourceRequest() {
        return path.isEmpty();
    }

    /// `deployments/scale`, as rules name a subresource.
    public String fullResource() {
        return subresource.isEmpty() ? resource : resource + "/" + subresource;
    }

    /// The text upstream's `Forbidden` status ends with.
    public String refusal(String reason) {
        var who = "User \"" + user.name() + "\" cannot " + verb;
        var tail = reason.isEmpty() ? "" : ": " + reason;
        if (!resourceRequest()) {
            return who + " path \"" + path + "\"" + tail;
        }
        var what = who + " resource \"" + fullResource() + "\" in API group \"" + group + "\"";
        return what
                + (namespace.isEmpty()
                        ? " at the cluster scope"
                        : " in the namespace \"" + namespace + "\"")
                + tail;
    }
}
