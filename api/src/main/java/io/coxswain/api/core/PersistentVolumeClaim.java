package io.coxswain.api.core;

import io.coxswain.api.core.pods.ClaimValidation;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "persistentvolumeclaims", shortNames = "pvc")
public record PersistentVolumeClaim(
        ObjectMeta metadata, PersistentVolumeClaimSpec spec, PersistentVolumeClaimStatus status)
        implements Resource {

    public record PersistentVolumeClaimStatus(
            @OneOf({"Bound", "Lost", "Pending"}) String phase,
            List<String> accessModes,
            Map<String, Quantity> capacity,
            @ListMap("type") List<PersistentVolumeClaimCondition> conditions,
            Map<String, Quantity> allocatedResources,
            Map<String, String> allocatedResourceStatuses,
            @Nullable @Gate("VolumeAttributesClass") String currentVolumeAttributesClassName,
            @Nullable @Gate("VolumeAttributesClass") ModifyVolumeStatus modifyVolumeStatus) {}

    public record PersistentVolumeClaimCondition(
            @Required String type,
            @Required String status,
            @Nullable @Always Instant lastProbeTime,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}

    public record ModifyVolumeStatus(
            String targetVolumeAttributesClassName,
            @Required @OneOf({"InProgress", "Infeasible", "Pending"}) String status) {}

    public static final Strategy<PersistentVolumeClaim> STRATEGY =
            Strategy.<PersistentVolumeClaim>standard()
                    .answerDeleted()
                    .withoutGeneration()
                    .subresources("status")
                    .defaults(ClaimValidation::withDefaults)
                    .beforeCreate(ClaimValidation::prepareForCreate)
                    .validate(ClaimValidation::check)
                    .validateUpdate(ClaimValidation::update)
                    .validateStatusUpdate(ClaimValidation::statusUpdate);
}
