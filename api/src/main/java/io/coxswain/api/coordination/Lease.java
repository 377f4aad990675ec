package io.coxswain.api.coordination;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Micros;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
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

    /// A holder may create its lease with a PUT, so that taking and renewing are one request.
    public static final Strategy<Lease> STRATEGY =
            Strategy.<Lease>standard()
                    .withoutGeneration()
                    .allowCreateOnUpdate()
                    .forbidUnconditionalUpdate()
                    .beforeCreate(lease -> uncoordinated(lease, null))
                    .beforeUpdate((old, lease) -> uncoordinated(lease, old))
                    .validate(Lease::check);

    /// Who coordinates elections is no feature of a plain server; what was stored before stays.
    private static Lease uncoordinated(Lease lease, @Nullable Lease old) {
        var spec = lease.spec();
        var kept =
                old != null
                        && (old.spec().strategy() != null || old.spec().preferredHolder() != null);
        return kept || (spec.strategy() == null && spec.preferredHolder() == null)
                ? lease
                : Edit.with(
                        lease,
                        Lease::spec,
                        Edit.of(spec)
                                .set(LeaseSpec::strategy, null)
                                .set(LeaseSpec::preferredHolder, null)
                                .done());
    }

    private static void check(Lease lease, FieldErrors errors) {
        var seconds = lease.spec().leaseDurationSeconds();
        if (seconds != null && seconds <= 0) {
            errors.at("spec").at("leaseDurationSeconds").invalid(seconds, "must be greater than 0");
        }
        var transitions = lease.spec().leaseTransitions();
        if (transitions != null && transitions < 0) {
            errors.at("spec")
                    .at("leaseTransitions")
                    .invalid(transitions, "must be greater than or equal to 0");
        }
    }
}
