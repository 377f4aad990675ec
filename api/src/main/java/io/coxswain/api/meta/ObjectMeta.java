package io.coxswain.api.meta;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.ListSet;
import io.coxswain.api.schema.PatchMerge;
import io.coxswain.api.schema.Required;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public record ObjectMeta(
        String name,
        String generateName,
        String namespace,
        String selfLink,
        String uid,
        String resourceVersion,
        long generation,
        @Nullable Instant creationTimestamp,
        @Nullable Instant deletionTimestamp,
        @Nullable Long deletionGracePeriodSeconds,
        Map<String, String> labels,
        Map<String, String> annotations,
        @ListMap("uid") List<OwnerReference> ownerReferences,
        @ListSet @PatchMerge List<String> finalizers,
        List<ManagedFieldsEntry> managedFields) {

    @Atomic
    public record OwnerReference(
            @Required String apiVersion,
            @Required String kind,
            @Required String name,
            @Required String uid,
            @Nullable Boolean controller,
            @Nullable Boolean blockOwnerDeletion) {}

    public record ManagedFieldsEntry(
            String manager,
            String operation,
            String apiVersion,
            @Nullable Instant time,
            String fieldsType,
            @Nullable Json fieldsV1,
            String subresource) {}
}
