package io.coxswain.network.proxy;

import io.coxswain.network.host.Programs;
import java.util.ArrayList;
import java.util.List;

/// The kernel's table of flows.
@FunctionalInterface
public interface Conntrack {

    /// Flows of UDP.
    ///
    /// @param address where the client sends to; empty for any
    /// @param backend where it was sent on to; empty for anywhere
    record Flow(String address, int port, String backend) {}

    /// Forgets every such flow; the next datagram is looked at afresh.
    void forget(Flow flow);

    /// The table of this network namespace.
    Conntrack HOST =
            flow -> {
                var command =
                        new ArrayList<>(List.of("conntrack", "-D", "-f", "ipv4", "-p", "udp"));
                command.addAll(List.of("--orig-port-dst", Integer.toString(flow.port())));
                if (!flow.address().isEmpty()) {
                    command.addAll(List.of("--orig-dst", flow.address()));
                }
                if (!flow.backend().isEmpty()) {
                    command.addAll(List.of("--dst-nat", flow.backend()));
                }
                // It fails when there was no such flow; that is fine.
                Programs.run("", command);
            };
}
