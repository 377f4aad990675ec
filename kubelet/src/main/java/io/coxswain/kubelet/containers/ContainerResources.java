package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Container.ResourceFieldSelector;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Quantity;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.Qos;
import io.coxswain.kubelet.runtime.Resources;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// What a container may use, in Kubernetes' terms and in the kernel's.
public final class ContainerResources {

    private static final long SHARES_PER_CPU = 1024;
    private static final long SHARES_MIN = 2;
    private static final long SHARES_MAX = 262_144;
    private static final long QUOTA_PER_CPU = 100_000;
    private static final long QUOTA_MIN = 1_000;
    private static final int OOM_GUARANTEED = -997;
    private static final int OOM_BEST_EFFORT = 1000;
    private static final int CRITICAL_PRIORITY = 2_000_000_000;

    private final NodeFacts node;

    public ContainerResources(NodeFacts node) {
        this.node = node;
    }

    /// The limits of one container.
    Resources kernel(Pod pod, Container container) {
        var requests = container.resources().requests();
        var limits = container.resources().limits();
        var cpu = requests.getOrDefault("cpu", limits.get("cpu"));
        var memory = limits.get("memory");
        return Resources.limits(
                shares(cpu),
                quota(limits.get("cpu")),
                memory == null || memory.isZero() ? null : memory.value(),
                oomScoreAdj(pod, container));
    }

    public static long shares(@Nullable Quantity cpu) {
        if (cpu == null) {
            return SHARES_MIN;
        }
        var shares = cpu.millis() * SHARES_PER_CPU / 1000;
        return Math.clamp(shares, SHARES_MIN, SHARES_MAX);
    }

    /// Microseconds per 100 ms; null: no limit.
    public static @Nullable Long quota(@Nullable Quantity cpu) {
        if (cpu == null || cpu.isZero()) {
            return null;
        }
        return Math.max(QUOTA_MIN, cpu.millis() * QUOTA_PER_CPU / 1000);
    }

    /// The more memory a burstable container asks for, the later it is killed.
    int oomScoreAdj(Pod pod, Container container) {
        var priority = pod.spec().priority();
        if (priority != null && priority >= CRITICAL_PRIORITY) {
            return OOM_GUARANTEED;
        }
        return switch (Qos.of(pod)) {
            case GUARANTEED -> OOM_GUARANTEED;
            case BEST_EFFORT -> OOM_BEST_EFFORT;
            case BURSTABLE -> {
                var asked = container.resources().requests().get("memory");
                var bytes = asked == null ? 0 : asked.value();
                var share = 1000 * bytes / Math.max(1, node.memoryCapacityBytes());
                yield Math.clamp(1000 - share, 3, OOM_BEST_EFFORT - 1);
            }
        };
    }

    /// The value of a `resourceFieldRef`, divided and rounded up; an absent limit is the node's.
    public String field(Pod pod, @Nullable PodContainer own, ResourceFieldSelector selector) {
        var named = selector.containerName();
        var container = named.isEmpty() ? own : PodContainer.find(pod, named);
        if (container == null) {
            throw new IllegalArgumentException("container " + named + " not found");
        }
        var parts = selector.resource().split("\\.", 2);
        var resources = container.spec().resources();
        var asked = parts[0].equals("limits") ? resources.limits() : resources.requests();
        var name = parts.length == 2 ? parts[1] : "";
        var amount = asked.get(name);
        if (amount == null) {
            amount =
                    parts[0].equals("limits")
                            ? node.allocatable().getOrDefault(name, Quantity.ZERO)
                            : Quantity.ZERO;
        }
        var divisor = selector.divisor();
        var by = divisor.isZero() ? Quantity.of(1).amount() : divisor.amount();
        return amount.amount().divide(by, 0, RoundingMode.CEILING).toPlainString();
    }
}
