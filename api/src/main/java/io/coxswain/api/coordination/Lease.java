package io.coxswain.api.coordination;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Micros;
import io.coxswain.api.schema.Resource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Kind(group = "coordination.k8s.io", version = "v1", plural = "leases")
public record Lease(ObjectMeta metadata, LeaseSpec spec) implements Resource {

    public record LeaseSpec(
            @Nullable String holderIdentity,
            @Nullable Integer leaseDurationSeconds,
            @Nullable @Micros Instant acquireTime,
            @Nullable @Micros Instant renewTime,
            @Nullable Integer leaseTransitions,
            @Nullable @Gate("CoordinatedLeaderElection") String strategy,
            @Nullable @Gate("CoordinatedLeaderElection") String preferredHolder) {}
}
