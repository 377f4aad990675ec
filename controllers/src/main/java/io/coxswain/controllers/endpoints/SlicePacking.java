package io.coxswain.controllers.endpoints;

import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.discovery.EndpointSlice.Endpoint;
import io.coxswain.api.discovery.EndpointSlice.EndpointPort;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Packs endpoints of one shape into slices, touching as few of the existing slices as it can.
///
/// ```
/// slices [a b] [c d]   wanted a c d e   gives   [a] [c d] and then e into the first with room: [a
/// e]
/// ```
final class SlicePacking {

    static final int ENDPOINTS_PER_SLICE_MAX = 100;

    private final Map<EndpointSlice, List<Endpoint>> kept = new LinkedHashMap<>();
    private final List<Endpoint> added;

    SlicePacking(List<EndpointSlice> slices, List<Endpoint> wanted) {
        var missing = new LinkedHashMap<String, Endpoint>();
        wanted.forEach(endpoint -> missing.put(identity(endpoint), endpoint));
        for (var slice : slices) {
            var stay = new ArrayList<Endpoint>();
            for (var endpoint : slice.endpoints()) {
                var still = missing.remove(identity(endpoint));
                if (still != null) {
                    stay.add(still);
                }
            }
            kept.put(slice, stay);
        }
        this.added = new ArrayList<>(missing.values());
    }

    List<Step> steps(ObjectMeta metadata, String family, List<EndpointPort> ports) {
        fillRoom();
        var steps = new ArrayList<Step>();
        var last = kept.size() + (added.isEmpty() ? 0 : 1);
        for (var entry : kept.entrySet()) {
            if (entry.getValue().isEmpty() && last > 1) {
                steps.add(Step.delete(entry.getKey()));
                last--;
                continue;
            }
            var updated = updated(entry.getKey(), entry.getValue(), metadata);
            if (!updated.equals(entry.getKey())) {
                steps.add(Step.update(updated));
            }
        }
        for (var from = 0; from < added.size(); from += ENDPOINTS_PER_SLICE_MAX) {
            var part = added.subList(from, Math.min(added.size(), from + ENDPOINTS_PER_SLICE_MAX));
            steps.add(Step.create(new EndpointSlice(metadata, family, List.copyOf(part), ports)));
        }
        if (kept.isEmpty() && added.isEmpty()) {
            steps.add(Step.create(new EndpointSlice(metadata, family, List.of(), ports)));
        }
        return steps;
    }

    /// Puts new endpoints into slices that are to be written anyway, then into any with room, as
    /// long as that avoids another slice.
    private void fillRoom() {
        for (var entry : kept.entrySet()) {
            var endpoints = entry.getValue();
            while (!added.isEmpty() && endpoints.size() < ENDPOINTS_PER_SLICE_MAX) {
                endpoints.add(added.removeFirst());
            }
        }
    }

    private static EndpointSlice updated(
            EndpointSlice slice, List<Endpoint> endpoints, ObjectMeta wanted) {
        var metadata =
                Edit.of(slice.metadata())
                        .set(ObjectMeta::labels, wanted.labels())
                        .set(ObjectMeta::ownerReferences, wanted.ownerReferences())
                        .done();
        return new EndpointSlice(
                metadata, slice.addressType(), List.copyOf(endpoints), slice.ports());
    }

    private static String identity(Endpoint endpoint) {
        var target = endpoint.targetRef();
        return (target == null ? "" : target.uid()) + "/" + endpoint.addresses();
    }
}
