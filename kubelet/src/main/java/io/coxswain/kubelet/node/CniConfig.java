package io.coxswain.kubelet.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Collectors;

/// The pod network of one node: a bridge and addresses from the node's pod CIDRs.
///
/// Masquerading is left to the network module's nftables rules (`ipMasq` would add iptables rules
/// that outlive a crash), host ports to `hostports`. `mtu` 0 leaves the kernel's default.
public record CniConfig(String bridge, List<String> podCidrs, Path addressDirectory, int mtu) {

    static final String FILE = "10-coxswain.conflist";

    public CniConfig {
        podCidrs = List.copyOf(podCidrs);
        if (!bridge.matches("[a-z][a-z0-9-]{0,14}")) {
            throw new IllegalArgumentException("not a name for a link: " + bridge);
        }
        for (var cidr : podCidrs) {
            if (!cidr.matches("[0-9a-fA-F.:]+/\\d{1,3}")) {
                throw new IllegalArgumentException("not a CIDR: " + cidr);
            }
        }
    }

    /// Writes the file into containerd's CNI folder, whole or not at all. containerd sees it by
    /// itself.
    public void write(Path folder) {
        try {
            Files.createDirectories(folder);
            var draft = folder.resolve(FILE + ".tmp");
            Files.writeString(draft, json());
            Files.move(
                    draft,
                    folder.resolve(FILE),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new HostException("cannot write the CNI configuration into " + folder, e);
        }
    }

    /// Takes the bridge away, and forgets which addresses were given
    /// out. For when no pod is left.
    public void remove(HostCommands commands) {
        if (commands.run("ip", "link", "show", "dev", bridge).ok()) {
            commands.require("ip", "link", "delete", "dev", bridge);
        }
        Trees.delete(addressDirectory);
    }

    String json() {
        return """
        {
          "cniVersion": "0.4.0",
          "name": "coxswain",
          "plugins": [
            {
              "type": "bridge",
              "bridge": "%s",
              "isDefaultGateway": true,
              "forceAddress": true,
              "ipMasq": false,
              "hairpinMode": true,
              "mtu": %d,
              "ipam": {
                "type": "host-local",
                "dataDir": "%s",
                "ranges": [%s]
              }
            }
          ]
        }
        """
                .formatted(bridge, mtu, addressDirectory, ranges());
    }

    private String ranges() {
        return podCidrs.stream()
                .map("[{\"subnet\": \"%s\"}]"::formatted)
                .collect(Collectors.joining(", "));
    }
}
