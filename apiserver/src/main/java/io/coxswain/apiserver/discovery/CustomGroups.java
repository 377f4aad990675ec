package io.coxswain.apiserver.discovery;

import io.coxswain.api.schema.ResourceKind;
import io.coxswain.apiserver.registry.Served;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The groups of custom kinds, behind those that are built in: by name, the most stable version
/// first, resources by name.
final class CustomGroups {

    private static final List<String> VERBS =
            List.of(
                    "create",
                    "delete",
                    "deletecollection",
                    "get",
                    "list",
                    "patch",
                    "update",
                    "watch");
    private static final List<String> PART_VERBS = List.of("get", "patch", "update");

    private CustomGroups() {}

    static Map<String, Map<String, List<ResourceEntry>>> behind(
            Map<String, Map<String, List<ResourceEntry>>> builtIn, List<Served<?>> kinds) {
        var found = new TreeMap<String, Map<String, List<ResourceEntry>>>();
        for (var kind : kinds) {
            found.computeIfAbsent(kind.kind().group(), group -> new TreeMap<>(VersionOrder.BEST))
                    .computeIfAbsent(kind.kind().version(), version -> new ArrayList<>())
                    .addAll(entries(kind));
        }
        found.values()
                .forEach(versions ->
                        versions.values()
                                .forEach(list ->
                                        list.sort(Comparator.comparing(ResourceEntry::name))));
        var all = new LinkedHashMap<>(builtIn);
        found.forEach((group, versions) -> all.merge(group, versions, CustomGroups::together));
        return all;
    }

    private static Map<String, List<ResourceEntry>> together(
            Map<String, List<ResourceEntry>> builtIn, Map<String, List<ResourceEntry>> custom) {
        var both = new LinkedHashMap<>(builtIn);
        custom.forEach((version, entries) ->
                both.merge(
                        version,
                        entries,
                        (a, b) -> {
                            var joined = new ArrayList<>(a);
                            joined.addAll(b);
                            return joined;
                        }));
        return both;
    }

    private static List<ResourceEntry> entries(Served<?> served) {
        var kind = served.kind();
        var entries = new ArrayList<ResourceEntry>();
        entries.add(entry(kind, "", kind.kind(), kind.apiVersion(), VERBS, hash(served)));
        for (var part : served.strategy().subresources()) {
            var scale = part.equals("scale");
            entries.add(
                    entry(
                            kind,
                            "/" + part,
                            scale ? "Scale" : kind.kind(),
                            scale ? "autoscaling/v1" : kind.apiVersion(),
                            PART_VERBS,
                            ""));
        }
        return entries;
    }

    private static ResourceEntry entry(
            ResourceKind<?> kind,
            String part,
            String answer,
            String answerVersion,
            List<String> verbs,
            String hash) {
        return new ResourceEntry(
                kind.group(),
                kind.version(),
                kind.plural() + part,
                answer,
                answerVersion,
                part.isEmpty() ? kind.singular() : "",
                kind.namespaced(),
                verbs,
                hash,
                kind.kind());
    }

    private static String hash(Served<?> served) {
        var kind = served.kind();
        var stored = served.codec().storedVersion(kind.version());
        if (stored.isEmpty()) {
            return "";
        }
        try {
            var text = kind.group() + "/" + stored + "/" + kind.kind();
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(Arrays.copyOf(digest, 8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
