package io.coxswain.api.schema;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The names that fields have in upstream's internal types: `apiGroup` is `APIGroup` there. Clients
/// see them where a message quotes a whole object.
final class GoNames {

    private static final Pattern FIRST_WORD = Pattern.compile("[a-z0-9]+");

    private static final Set<String> INITIALS =
            Set.of(
                    "api", "aws", "ca", "cidr", "cpu", "csi", "dns", "fc", "fs", "gce", "gmsa",
                    "grpc", "http", "id", "ip", "iqn", "iscsi", "lun", "nfs", "os", "pd", "pid",
                    "qos", "rbd", "tcp", "tls", "ttl", "tty", "uid", "url", "uuid");

    /// Names whose capitals follow no rule.
    private static final Map<String, String> OWN =
            Map.of(
                    "seLinuxOptions", "SELinuxOptions",
                    "seLinux", "SELinux",
                    "seLinuxMount", "SELinuxMount",
                    "seLinuxChangePolicy", "SELinuxChangePolicy",
                    "cephfs", "CephFS",
                    "storageos", "StorageOS",
                    "cidrs", "CIDRs",
                    "ips", "IPs",
                    "wwids", "WWIDs",
                    "datasetUUID", "DatasetUUID");

    private GoNames() {}

    static String of(String component) {
        var plain = component.endsWith("_") ? component.replace("_", "") : component;
        var own = OWN.get(plain);
        if (own != null) {
            return own;
        }
        var first = FIRST_WORD.matcher(plain);
        if (first.lookingAt() && INITIALS.contains(first.group())) {
            return first.group().toUpperCase(java.util.Locale.ROOT) + plain.substring(first.end());
        }
        return Character.toUpperCase(plain.charAt(0)) + plain.substring(1);
    }
}
