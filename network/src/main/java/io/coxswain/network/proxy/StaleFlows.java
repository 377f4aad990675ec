package io.coxswain.network.proxy;

import io.coxswain.network.proxy.RuleSet.DatagramAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds the UDP flows that the kernel would go on sending where nobody is any more. TCP notices by
/// itself; a flow of datagrams lives as long as somebody sends.
final class StaleFlows {

    private StaleFlows() {}

    static List<Conntrack.Flow> between(RuleSet before, RuleSet after) {
        var stale = new ArrayList<Conntrack.Flow>();
        before.datagrams()
                .forEach((address, backends) -> {
                    var left = after.datagrams().getOrDefault(address, Set.of());
                    backends.stream()
                            .filter(backend -> !left.contains(backend))
                            .forEach(backend -> stale.add(flow(address, backend)));
                });
        after.datagrams()
                .forEach((address, backends) -> {
                    // What was sent while nobody was there has a flow too, and it leads nowhere.
                    if (!backends.isEmpty()
                            && before.datagrams().getOrDefault(address, Set.of()).isEmpty()) {
                        stale.add(flow(address, ""));
                    }
                });
        return stale;
    }

    private static Conntrack.Flow flow(DatagramAddress address, String backend) {
        var host = backend.isEmpty() ? "" : backend.substring(0, backend.indexOf(':'));
        return new Conntrack.Flow(address.address(), address.port(), host);
    }
}
