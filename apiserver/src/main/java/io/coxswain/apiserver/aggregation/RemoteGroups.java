package io.coxswain.apiserver.aggregation;

import io.coxswain.api.apiregistration.APIService;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.apiserver.discovery.ResourceEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What the servers behind APIServices offer, as they said when they were last asked.
public final class RemoteGroups {

    private record Known(APIService service, List<ResourceEntry> entries) {}

    private final Map<String, Known> byName = new ConcurrentHashMap<>();

    /// Takes what a server answered to discovery of one group and version.
    void learn(APIService service, byte[] resources) {
        try {
            byName.put(
                    service.name(),
                    new Known(service, entries(service, JsonReader.readObject(resources))));
        } catch (DecodeError unreadable) {
            throw new IllegalArgumentException(unreadable.getMessage(), unreadable);
        }
    }

    /// Forgets all others.
    void keep(Collection<String> names) {
        byName.keySet().retainAll(names);
    }

    /// Group → version → entries, those with a higher priority first.
    public Map<String, Map<String, List<ResourceEntry>>> groups() {
        if (byName.isEmpty()) {
            return Map.of();
        }
        var all = new ArrayList<>(byName.values());
        all.sort(
                Comparator.<Known>comparingInt(one -> -one.service.spec().groupPriorityMinimum())
                        .thenComparing(one -> one.service.spec().group())
                        .thenComparingInt(one -> -one.service.spec().versionPriority())
                        .thenComparing(one -> one.service.spec().version()));
        var groups = new LinkedHashMap<String, Map<String, List<ResourceEntry>>>();
        for (var known : all) {
            if (!known.entries.isEmpty()) {
                groups.computeIfAbsent(known.service.spec().group(), group -> new LinkedHashMap<>())
                        .put(known.service.spec().version(), known.entries);
            }
        }
        return groups;
    }

    private static List<ResourceEntry> entries(APIService service, Json.Obj document) {
        var kinds = new LinkedHashMap<String, String>();
        var items = document.items("resources");
        for (var item : items) {
            if (item instanceof Json.Obj resource) {
                kinds.put(resource.text("name"), resource.text("kind"));
            }
        }
        var entries = new ArrayList<ResourceEntry>();
        for (var item : items) {
            if (item instanceof Json.Obj resource) {
                entries.add(entry(service, resource, kinds));
            }
        }
        return List.copyOf(entries);
    }

    private static ResourceEntry entry(
            APIService service, Json.Obj resource, Map<String, String> kinds) {
        var spec = service.spec();
        var name = resource.text("name");
        var slash = name.indexOf('/');
        var parent = slash < 0 ? name : name.substring(0, slash);
        var group = resource.text("group");
        var version = resource.text("version");
        return new ResourceEntry(
                spec.group(),
                spec.version(),
                name,
                resource.text("kind"),
                version.isEmpty() ? "" : group.isEmpty() ? version : group + "/" + version,
                resource.text("singularName"),
                resource.get("namespaced") instanceof Json.Bool(var namespaced) && namespaced,
                resource.items("verbs").stream()
                        .map(verb -> verb instanceof Json.Str(var text) ? text : "")
                        .toList(),
                resource.text("storageVersionHash"),
                kinds.getOrDefault(parent, resource.text("kind")));
    }
}
