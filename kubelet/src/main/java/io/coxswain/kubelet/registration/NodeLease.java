package io.coxswain.kubelet.registration;

import io.coxswain.api.coordination.Lease;
import io.coxswain.api.coordination.Lease.LeaseSpec;
import io.coxswain.api.core.Node;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.meta.ObjectMeta.OwnerReference;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.client.Client;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Renews the node's lease, by which the control plane knows that the node is alive.
public final class NodeLease implements Loop {

    private static final String NAMESPACE = "kube-node-lease";
    private static final Duration RETRY = Duration.ofMillis(200);

    private final Client client;
    private final String node;
    private final int durationSeconds;
    private final Clock clock;
    private @Nullable Lease last;

    public NodeLease(Client client, String node, int durationSeconds, Clock clock) {
        this.client = client;
        this.node = node;
        this.durationSeconds = durationSeconds;
        this.clock = clock;
    }

    @Override
    public Next runOnce() {
        try {
            var known = last != null ? last : client.find(Lease.class, NAMESPACE, node);
            last = known == null ? client.create(fresh()) : client.update(renewed(known));
        } catch (ApiError e) {
            last = null;
            if (e.conflict() || e.notFound() || e.alreadyExists()) {
                return Next.in(clock, RETRY);
            }
            throw e;
        }
        return Next.in(clock, Duration.ofSeconds(durationSeconds).dividedBy(4));
    }

    private Lease fresh() {
        var meta =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, node)
                        .set(ObjectMeta::namespace, NAMESPACE)
                        .set(ObjectMeta::ownerReferences, owners())
                        .done();
        return renewed(new Lease(meta, Edit.of(LeaseSpec.class).done()));
    }

    private Lease renewed(Lease lease) {
        var spec =
                Edit.of(lease.spec())
                        .set(LeaseSpec::holderIdentity, node)
                        .set(LeaseSpec::leaseDurationSeconds, durationSeconds)
                        .set(LeaseSpec::renewTime, clock.now())
                        .done();
        var renewed = Edit.with(lease, Lease::spec, spec);
        if (!lease.metadata().ownerReferences().isEmpty()) {
            return renewed;
        }
        return Edit.with(
                renewed,
                Lease::metadata,
                Edit.with(lease.metadata(), ObjectMeta::ownerReferences, owners()));
    }

    private List<OwnerReference> owners() {
        var owner = client.find(Node.class, "", node);
        return owner == null
                ? List.of()
                : List.of(new OwnerReference("v1", "Node", node, owner.uid(), null, null));
    }
}
