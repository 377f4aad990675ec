package io.coxswain.api.storage;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListSet;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(group = "storage.k8s.io", version = "v1", plural = "csidrivers", scope = Scope.CLUSTER)
public record CSIDriver(ObjectMeta metadata, @Required CSIDriverSpec spec) implements Resource {

    public record CSIDriverSpec(
            @Nullable Boolean attachRequired,
            @Nullable Boolean podInfoOnMount,
            @ListSet List<String> volumeLifecycleModes,
            @Nullable @Gate("CSIStorageCapacity") Boolean storageCapacity,
            @Nullable String fsGroupPolicy,
            List<TokenRequest> tokenRequests,
            @Nullable Boolean requiresRepublish,
            @Nullable @Gate("SELinuxMountReadWriteOncePod") Boolean seLinuxMount,
            @Nullable @Gate("MutableCSINodeAllocatableCount")
                    Long nodeAllocatableUpdatePeriodSeconds,
            @Nullable @Gate("CSIServiceAccountTokenSecrets") Boolean serviceAccountTokenInSecrets,
            @Nullable @Gate("VolumeLimitScaling") Boolean preventPodSchedulingIfMissing) {}

    public record TokenRequest(@Required String audience, @Nullable Long expirationSeconds) {}

    public static final Strategy<CSIDriver> STRATEGY =
            Strategy.<CSIDriver>standard()
                    .countFromNone()
                    .answerDeleted()
                    .defaults(StorageRules::withDefaults)
                    .validate(StorageRules::check)
                    .validateUpdate(StorageRules::update);
}
