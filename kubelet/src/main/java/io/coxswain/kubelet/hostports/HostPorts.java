package io.coxswain.kubelet.hostports;

import io.coxswain.api.core.Pod;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Keeps the rules for host ports what the pods of this node need. A pod's ports are open before
/// its first container starts; those of pods that have gone close at the next look.
public final class HostPorts implements Loop {

    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final PortRules rules;
    private final Supplier<Map<Pod, List<String>>> pods;
    private final Clock clock;
    private @Nullable Set<HostPort> applied;

    /// @param pods those of this node that have addresses, and which
    public HostPorts(PortRules rules, Supplier<Map<Pod, List<String>>> pods, Clock clock) {
        this.rules = rules;
        this.pods = pods;
        this.clock = clock;
    }

    /// Opens the ports of a pod that has just been given these addresses.
    public void open(Pod pod, List<String> podIps) {
        var fresh = HostPort.of(pod, podIps);
        if (!fresh.isEmpty()) {
            apply(fresh);
        }
    }

    @Override
    public Next runOnce() {
        apply(Set.of());
        return Next.in(clock, PERIOD);
    }

    private synchronized void apply(Set<HostPort> fresh) {
        var wanted = new TreeSet<>(fresh);
        pods.get().forEach((pod, ips) -> wanted.addAll(HostPort.of(pod, ips)));
        if (!wanted.equals(applied)) {
            rules.apply(PortRules.text(wanted));
            applied = wanted;
        }
    }
}
