package io.coxswain.api.core;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public record PersistentVolumeClaimSpec(
        List<String> accessModes,
        @Nullable LabelSelector selector,
        VolumeResourceRequirements resources,
        String volumeName,
        @Nullable String storageClassName,
        @Nullable @OneOf({"Block", "Filesystem"}) String volumeMode,
        @Nullable TypedLocalObjectReference dataSource,
        @Nullable TypedObjectReference dataSourceRef,
        @Nullable @Gate("VolumeAttributesClass") String volumeAttributesClassName) {

    public record VolumeResourceRequirements(
            Map<String, Quantity> limits, Map<String, Quantity> requests) {}

    public record TypedObjectReference(
            @Nullable @Always String apiGroup,
            @Required String kind,
            @Required String name,
            @Nullable @Gate("CrossNamespaceVolumeDataSource") String namespace) {}
}
