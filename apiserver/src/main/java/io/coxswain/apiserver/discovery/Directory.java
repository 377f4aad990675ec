package io.coxswain.apiserver.discovery;

import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Served;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Everything this server answers, in discovery's order: groups by priority, versions by priority,
/// resources by name.
public final class Directory {

    private final Catalog catalog;
    private final Map<String, Map<String, List<ResourceEntry>>> builtIn;
    private volatile Supplier<Map<String, Map<String, List<ResourceEntry>>>> remote = Map::of;
    private volatile Whole whole;

    /// @param custom the custom kinds that are in it
    private record Whole(
            List<Served<?>> custom, Map<String, Map<String, List<ResourceEntry>>> groups) {}

    /// @param subresources group-qualified as in `deployments.apps/scale`
    /// @param reviews as in `authorization.k8s.io/v1/subjectaccessreviews`
    public Directory(Catalog catalog, Set<String> subresources, Set<String> reviews) {
        this.catalog = catalog;
        this.builtIn = group(served(catalog, subresources, reviews));
        this.whole = new Whole(List.of(), builtIn);
    }

    /// Group → version → entries; the core group is `""`.
    @SuppressWarnings("ReferenceEquality") // The catalog gives the same list until one changes.
    public Map<String, Map<String, List<ResourceEntry>>> groups() {
        var known = whole;
        var custom = catalog.custom();
        if (known.custom != custom) {
            known = new Whole(custom, CustomGroups.behind(builtIn, custom));
            whole = known;
        }
        return known.groups;
    }

    /// Whether a group has nothing but custom kinds.
    public boolean isCustom(String group) {
        return !builtIn.containsKey(group);
    }

    /// Has what other servers answer shown as well.
    ///
    /// @param others the same, as it is at each time
    public void show(Supplier<Map<String, Map<String, List<ResourceEntry>>>> others) {
        remote = others;
    }

    /// [#groups] and what other servers answer, which comes last.
    Map<String, Map<String, List<ResourceEntry>>> everything() {
        var others = remote.get();
        if (others.isEmpty()) {
            return groups();
        }
        var all = new LinkedHashMap<>(groups());
        others.forEach((group, versions) -> {
            var both = new LinkedHashMap<>(all.getOrDefault(group, Map.of()));
            versions.forEach(both::putIfAbsent);
            all.put(group, both);
        });
        return all;
    }

    private static Predicate<ResourceEntry> served(
            Catalog catalog, Set<String> subresources, Set<String> reviews) {
        return entry -> {
            var kind = catalog.find(entry.group(), entry.version(), entry.parent());
            if (kind == null) {
                return reviews.contains(entry.group() + "/" + entry.version() + "/" + entry.name());
            }
            return !entry.isSubresource()
                    || kind.strategy().isPart(entry.subresource())
                    || subresources.contains(
                            kind.kind().groupResource() + "/" + entry.subresource());
        };
    }

    private static Map<String, Map<String, List<ResourceEntry>>> group(
            Predicate<ResourceEntry> served) {
        var groups = new LinkedHashMap<String, Map<String, List<ResourceEntry>>>();
        var entries =
                lines().stream()
                        .filter(line -> !line.startsWith("#") && !line.isBlank())
                        .map(ResourceEntry::parse)
                        .toList();
        var kinds = new HashMap<String, String>();
        for (var entry : entries) {
            kinds.put(entry.apiVersion() + "/" + entry.name(), entry.kind());
        }
        for (var line : entries) {
            var parent = kinds.get(line.apiVersion() + "/" + line.parent());
            var entry = line.below(parent == null ? line.kind() : parent);
            if (served.test(entry)) {
                groups.computeIfAbsent(entry.group(), group -> new LinkedHashMap<>())
                        .computeIfAbsent(entry.version(), version -> new ArrayList<>())
                        .add(entry);
            }
        }
        return groups;
    }

    private static List<String> lines() {
        try (var in = Catalog.class.getResourceAsStream("/io/coxswain/apiserver/resources.txt")) {
            if (in == null) {
                throw new IllegalStateException("resources.txt is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
