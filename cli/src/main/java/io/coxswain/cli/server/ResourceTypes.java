package io.coxswain.cli.server;

import io.coxswain.cli.CliError;
import io.coxswain.client.Discovery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// All resources of a server, in the server's order of preference. What is not found is looked for
/// once more in what the server says now, if the first answer came from a cache.
public final class ResourceTypes {

    private Discovery discovery;
    private List<ResourceType> all;
    private @Nullable Supplier<Discovery> again;

    /// @param again asks the server anew; null when `discovery` is new
    public ResourceTypes(Discovery discovery, @Nullable Supplier<Discovery> again) {
        this.discovery = discovery;
        this.again = again;
        this.all = types(discovery);
    }

    private static List<ResourceType> types(Discovery discovery) {
        return discovery.all().stream().map(ResourceType::of).toList();
    }

    /// Whether there is something new to look at.
    private boolean refreshed() {
        if (again == null) {
            return false;
        }
        discovery = again.get();
        all = types(discovery);
        again = null;
        return true;
    }

    /// Makes sure that this is what the server says now.
    public ResourceTypes fresh() {
        refreshed();
        return this;
    }

    /// Every version of every resource.
    public List<ResourceType> all() {
        return all;
    }

    /// Such as `v1`, `apps/v1`, preferred first within a group.
    public List<String> groupVersions() {
        return discovery.groupVersions();
    }

    /// The resource that a word means: `po`, `pod`, `pods`, `Pod`, `deployments.apps`,
    /// `deployments.v1.apps`. Throws a [CliError] for one the server does not have.
    public ResourceType find(String word) {
        var found = search(word);
        if (found == null) {
            throw missing(word);
        }
        return found;
    }

    /// Like [#find], or null.
    public @Nullable ResourceType search(String word) {
        var found = known(word);
        return found == null && refreshed() ? known(word) : found;
    }

    /// Like [#search], without asking the server again.
    public @Nullable ResourceType known(String word) {
        var parts = word.toLowerCase(Locale.ROOT).split("\\.", 3);
        if (parts.length == 3) {
            var exact = first(named(parts[0], parts[2]), t -> t.version().equals(parts[1]));
            if (exact != null) {
                return exact;
            }
        }
        if (parts.length == 1) {
            return first(named(parts[0], null), t -> true);
        }
        var group = word.toLowerCase(Locale.ROOT).substring(parts[0].length() + 1);
        var found = first(named(parts[0], group), t -> true);
        if (found != null) {
            return found;
        }
        return parts.length == 2
                ? first(named(parts[0], ""), t -> t.version().equals(parts[1]))
                : null;
    }

    /// The resource of objects that say this of themselves, or null.
    public @Nullable ResourceType ofKind(String apiVersion, String kind) {
        Predicate<ResourceType> wanted =
                t -> t.kind().equals(kind) && t.apiVersion().equals(apiVersion);
        var found = first(all, wanted);
        return found == null && refreshed() ? first(all, wanted) : found;
    }

    /// The preferred version of a resource, which this program itself asks for.
    public ResourceType builtIn(String group, String plural) {
        Predicate<ResourceType> wanted = t -> t.group().equals(group) && t.plural().equals(plural);
        var found = first(all, wanted);
        if (found == null && refreshed()) {
            found = first(all, wanted);
        }
        if (found == null) {
            throw missing(group.isEmpty() ? plural : plural + "." + group);
        }
        return found;
    }

    /// The resources of a category such as `all`, each in its preferred version.
    public List<ResourceType> category(String name) {
        return preferred().stream()
                .filter(t -> t.categories().contains(name) && t.can("list"))
                .toList();
    }

    /// Each resource in its preferred version only.
    public List<ResourceType> preferred() {
        var found = new ArrayList<ResourceType>();
        for (var type : all) {
            if (found.stream()
                    .noneMatch(f ->
                            f.group().equals(type.group()) && f.plural().equals(type.plural()))) {
                found.add(type);
            }
        }
        return found;
    }

    /// Names before short names, the server's order otherwise.
    private List<ResourceType> named(String word, @Nullable String group) {
        var inGroup = all.stream().filter(t -> group == null || t.group().equals(group)).toList();
        var exact =
                inGroup.stream()
                        .filter(t ->
                                t.plural().equals(word)
                                        || t.singular().equals(word)
                                        || t.kind().equalsIgnoreCase(word))
                        .toList();
        if (!exact.isEmpty()) {
            return exact;
        }
        var shortened = inGroup.stream().filter(t -> t.shortNames().contains(word)).toList();
        return shortened.isEmpty() && group != null && !group.isEmpty()
                ? all.stream().filter(t -> t.group().startsWith(group) && matches(t, word)).toList()
                : shortened;
    }

    private static boolean matches(ResourceType type, String word) {
        return type.plural().equals(word) || type.singular().equals(word);
    }

    private static @Nullable ResourceType first(
            List<ResourceType> types, Predicate<ResourceType> wanted) {
        return types.stream().filter(wanted).findFirst().orElse(null);
    }

    private static CliError missing(String word) {
        var parts = Arrays.asList(word.split("\\.", 2));
        var text = "the server doesn't have a resource type \"" + parts.getFirst() + "\"";
        return new CliError(parts.size() == 1 ? text : text + " in group \"" + parts.get(1) + "\"");
    }
}
