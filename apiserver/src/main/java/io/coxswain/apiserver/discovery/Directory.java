package io.coxswain.apiserver.discovery;

import io.coxswain.apiserver.registry.Catalog;
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

    private final Map<String, Map<String, List<ResourceEntry>>> groups;
    private volatile Supplier<Map<String, Map<String, List<ResourceEntry>>>> remote = Map::of;

    /// @param subresources group-qualified as in `deployments.apps/scale`
    /// @param reviews as in `authorization.k8s.io/v1/subjectaccessreviews`
    public Directory(Catalog catalog, Set<String> subresources, Set<String> reviews) {
        this.groups = group(served(catalog, subresources, reviews));
    }

    /// Group → version → entries; the core group is `""`.
    public Map<String, Map<String, List<ResourceEntry>>> groups() {
        return groups;
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
                    || entry.subresource().equals("status")
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
