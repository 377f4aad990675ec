package io.coxswain.kubelet.hostports;

import io.coxswain.kubelet.node.HostCommands;
import io.coxswain.kubelet.node.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Collection;

/// Where the rules for host ports go: the table `ip coxswain-host-ports` of the kernel's packet
/// filter. Nothing else is touched.
public interface PortRules {

    /// Carries out commands of `nft`: all, or none and throws.
    void apply(String commands);

    /// For nodes whose pods have no network.
    PortRules NONE = commands -> {};

    /// The tables of the network namespace that this process is in.
    static PortRules with(HostCommands host) {
        return commands -> {
            try {
                var file = Files.createTempFile("coxswain-ports", ".nft");
                try {
                    Files.writeString(file, commands);
                    host.require("nft", "-f", file.toString());
                } finally {
                    Files.deleteIfExists(file);
                }
            } catch (IOException e) {
                throw new HostException("cannot write rules for nft: " + e.getMessage(), e);
            }
        };
    }

    /// Takes the table away, whoever made it.
    static void remove(HostCommands host) {
        with(host).apply(text(java.util.List.of()));
    }

    /// The whole table in one transaction; no ports, no table.
    ///
    /// It comes after the Services' own rules and before those of others. A pod that calls itself,
    /// and a host that calls by 127.0.0.1, must be seen as somebody the pod can answer.
    static String text(Collection<HostPort> ports) {
        var text = new StringBuilder();
        text.append("add table ip coxswain-host-ports\ndelete table ip coxswain-host-ports\n");
        if (ports.isEmpty()) {
            return text.toString();
        }
        text.append("table ip coxswain-host-ports {\n  chain to-pods {\n");
        for (var port : ports) {
            var where = port.hostIp().isEmpty() ? "" : "ip daddr " + port.hostIp() + " ";
            text.append(
                    "    %s%s dport %d dnat to %s:%d\n"
                            .formatted(
                                    where,
                                    port.protocol(),
                                    port.hostPort(),
                                    port.podIp(),
                                    port.podPort()));
        }
        text.append("  }\n  chain answerable {\n");
        ports.stream()
                .map(HostPort::podIp)
                .distinct()
                .forEach(ip ->
                        text.append("    ip saddr %s ip daddr %s masquerade\n".formatted(ip, ip)));
        return text.append(HOOKS).toString();
    }

    String HOOKS =
            """
                ip saddr 127.0.0.0/8 masquerade
              }
              chain prerouting {
                type nat hook prerouting priority -104; policy accept;
                fib daddr type local jump to-pods
              }
              chain output {
                type nat hook output priority -104; policy accept;
                fib daddr type local jump to-pods
              }
              chain postrouting {
                type nat hook postrouting priority 94; policy accept;
                oifname != "lo" ct status dnat jump answerable
              }
            }
            """;
}
