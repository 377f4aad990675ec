package io.coxswain.kubelet.runtime;

import java.util.List;

/// A sandbox and its addresses, the primary one first; none in the host's network or once stopped.
public record SandboxStatus(Sandbox sandbox, List<String> ips, Namespaces.Mode network) {

    public SandboxStatus {
        ips = List.copyOf(ips);
    }
}
