package io.coxswain.cluster;

import io.coxswain.api.json.Json;
import io.coxswain.base.tls.Pem;
import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.client.Kubeconfig;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;

/// Gives the user who started a cluster access to it.
public final class Access {

    private static final String CONTEXT = "coxswain";

    private Access() {}

    /// Writes `admin.kubeconfig`, and `file`; without one, merges our context into
    /// `~/.kube/config`.
    public static void write(DataDirectory data, Pki pki, URI server, String file) {
        var ours = kubeconfig(pki, pki.admin(), server);
        ours.write(data.adminKubeconfig());
        if (!file.isEmpty()) {
            ours.write(Path.of(file));
            return;
        }
        var standard = HostAddress.home().resolve(".kube").resolve("config");
        Kubeconfig.read(standard).merge(ours).write(standard);
    }

    /// Writes the kubeconfig of a scheduler that runs as a process of its own.
    public static void writeScheduler(DataDirectory data, Pki pki, URI server) {
        kubeconfig(pki, pki.scheduler(), server).write(data.schedulerKubeconfig());
    }

    private static Kubeconfig kubeconfig(Pki pki, TlsIdentity identity, URI server) {
        var cluster = new LinkedHashMap<String, Json>();
        cluster.put("certificate-authority-data", base64(pki.authorityPem()));
        cluster.put("server", Json.of(server.toString()));
        var user = new LinkedHashMap<String, Json>();
        user.put("client-certificate-data", base64(Pem.encode(identity.chain())));
        var key = Pem.encode(identity.key(), identity.certificate().getPublicKey());
        user.put("client-key-data", base64(key));
        return Kubeconfig.of(CONTEXT, new Json.Obj(cluster), new Json.Obj(user));
    }

    private static Json base64(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return Json.of(Base64.getEncoder().encodeToString(bytes));
    }
}
