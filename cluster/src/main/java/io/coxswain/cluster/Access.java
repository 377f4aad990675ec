package io.coxswain.cluster;

import java.net.URI;
import java.nio.file.Path;

/// Gives the user who started a cluster access to it.
public final class Access {

    private Access() {}

    /// Writes `admin.kubeconfig`, and `file`; without one, merges our context into
    /// `~/.kube/config`.
    public static void write(DataDirectory data, Pki pki, URI server, String file) {
        var admin = pki.admin();
        Kubeconfigs.write(data.adminKubeconfig(), server, pki.authorityPem(), admin);
        if (!file.isEmpty()) {
            Kubeconfigs.write(Path.of(file), server, pki.authorityPem(), admin);
            return;
        }
        var standard = Path.of(System.getProperty("user.home"), ".kube", "config");
        Kubeconfigs.merge(standard, server, pki.authorityPem(), admin);
    }
}
