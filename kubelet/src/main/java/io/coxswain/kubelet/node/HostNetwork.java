package io.coxswain.kubelet.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// What the kernel says about the host's own network.
public final class HostNetwork {

    private static final Path ROUTES = Path.of("/proc/net/route");
    private static final String DEFAULT = "00000000";

    private HostNetwork() {}

    /// The largest packet of the link that leads outside, which the pods' links should not exceed;
    /// 0 where nothing leads outside.
    public static int mtu() {
        try {
            var link = defaultLink(Files.readString(ROUTES));
            if (link == null) {
                return 0;
            }
            return Integer.parseInt(
                    Files.readString(Path.of("/sys/class/net", link, "mtu")).strip());
        } catch (IOException | NumberFormatException e) {
            return 0;
        }
    }

    /// The link of the default route, in the text of `/proc/net/route`.
    static @Nullable String defaultLink(String table) {
        return table.lines()
                .skip(1)
                .map(line -> line.split("\\s+"))
                .filter(row -> row.length > 7 && row[1].equals(DEFAULT) && row[7].equals(DEFAULT))
                .map(row -> row[0])
                .findFirst()
                .orElse(null);
    }
}
