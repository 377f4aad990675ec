package io.coxswain.apiserver.discovery;

import java.util.List;

/// One line of discovery: a resource or a subresource.
///
/// @param name plural, or `plural/subresource`
/// @param responseApiVersion of what it answers, where that is not the parent's; else empty
/// @param parentKind the kind of the resource that a subresource belongs to; else its own
/// @param storageHash names the stored version; empty where nothing is stored
public record ResourceEntry(
        String group,
        String version,
        String name,
        String kind,
        String responseApiVersion,
        String singular,
        boolean namespaced,
        List<String> verbs,
        String storageHash,
        String parentKind) {

    /// Reads a line of `resources.txt`.
    static ResourceEntry parse(String line) {
        var words = line.split(" ");
        var groupVersion = words[0].split("/");
        var group = groupVersion[0].equals("-") ? "" : groupVersion[0];
        var kind = words[2];
        var slash = kind.lastIndexOf('/');
        return new ResourceEntry(
                group,
                groupVersion[1],
                words[1],
                kind.substring(slash + 1),
                slash < 0 ? "" : kind.substring(0, slash),
                words[3].equals("-") ? "" : words[3],
                words[4].equals("Namespaced"),
                List.of(words[5].split(",")),
                words[6].equals("-") ? "" : words[6],
                kind);
    }

    ResourceEntry below(String parent) {
        return new ResourceEntry(
                group,
                version,
                name,
                kind,
                responseApiVersion,
                singular,
                namespaced,
                verbs,
                storageHash,
                parent);
    }

    public boolean isSubresource() {
        return name.contains("/");
    }

    public String parent() {
        return isSubresource() ? name.substring(0, name.indexOf('/')) : name;
    }

    public String subresource() {
        return name.substring(name.indexOf('/') + 1);
    }

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /// Whether the answer is of another group or version than the resource itself.
    public boolean answersElse() {
        return !responseApiVersion.isEmpty() && !responseApiVersion.equals(apiVersion());
    }

    public String responseGroup() {
        var slash = responseApiVersion.indexOf('/');
        return slash < 0 ? "" : responseApiVersion.substring(0, slash);
    }

    public String responseVersion() {
        return responseApiVersion.substring(responseApiVersion.indexOf('/') + 1);
    }
}
