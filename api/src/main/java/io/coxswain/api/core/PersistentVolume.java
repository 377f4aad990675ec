package io.coxswain.api.core;

import io.coxswain.api.core.rules.VolumeRules;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "persistentvolumes", shortNames = "pv", scope = Scope.CLUSTER)
public record PersistentVolume(
        ObjectMeta metadata, PersistentVolumeSpec spec, PersistentVolumeStatus status)
        implements Resource {

    public record PersistentVolumeStatus(
            @OneOf({"Available", "Bound", "Failed", "Pending", "Released"}) String phase,
            String message,
            String reason,
            @Nullable Instant lastPhaseTransitionTime) {}

    public static final Strategy<PersistentVolume> STRATEGY =
            Strategy.<PersistentVolume>standard()
                    .answerDeleted()
                    .withoutGeneration()
                    .reportMetadataOnce()
                    .subresources("status")
                    .defaults(VolumeRules::withDefaults)
                    .beforeCreate(VolumeRules::prepareForCreate)
                    .validate(VolumeRules::check)
                    .validateUpdate(VolumeRules::update);
}
