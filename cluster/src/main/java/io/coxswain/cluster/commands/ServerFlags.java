package io.coxswain.cluster.commands;

import io.coxswain.apiserver.Serving;
import io.coxswain.base.flags.Flag;
import io.coxswain.cluster.Access;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.HostAddress;
import io.coxswain.cluster.Pki;
import io.coxswain.cluster.StartupException;
import java.net.URI;
import java.nio.file.Path;

/// The flags of everything that runs an API server.
record ServerFlags(
        @Flag("Where state, certificates and logs are kept") String dataDir,
        @Flag(value = "The address to listen on", def = "0.0.0.0") String bindAddress,
        @Flag(value = "The port to listen on; 0 for any", def = "6443") int httpsPort,
        @Flag("The same, by upstream's name") int securePort,
        @Flag("Where pods and other nodes reach the API server; the host's address by default")
                String advertiseAddress,
        @Flag("The kubeconfig to write; by default the context coxswain is merged into yours")
                String kubeconfig,
        @Flag(value = "The range of Service addresses", def = "10.96.0.0/12") String serviceCidr,
        @Flag("The same, by upstream's name") String serviceClusterIpRange,
        @Flag(value = "The range of pod addresses", def = "10.244.0.0/16") String clusterCidr,
        @Flag(value = "The prefix of each node's part of it", def = "24") int nodeCidrMaskSize,
        @Flag("A file of static tokens: token,user,uid,\"groups\"") String tokenAuthFile,
        @Flag(value = "Whether requests without credentials are anonymous users", def = "false")
                boolean anonymousAuth,
        @Flag("Versions of the API to serve or not: api/beta=true,apps/v1=false")
                String runtimeConfig,
        @Flag("Features to turn on or off: CBORServingAndStorage=true") String featureGates,
        LimitFlags limits,
        StoreFlags storage) {

    ServerFlags {
        if (!serviceClusterIpRange.isEmpty()) {
            serviceCidr = serviceClusterIpRange;
        }
    }

    Serving serving() {
        try {
            return Serving.parse(runtimeConfig, featureGates);
        } catch (IllegalArgumentException e) {
            throw new StartupException(String.valueOf(e.getMessage()));
        }
    }

    int port() {
        return securePort != 0 ? securePort : httpsPort;
    }

    String advertised() {
        return advertiseAddress.isEmpty() ? HostAddress.primary() : advertiseAddress;
    }

    Path directory() {
        return dataDir.isEmpty()
                ? DataDirectory.standard(HostAddress.root(), HostAddress.home())
                : Path.of(dataDir);
    }

    void writeKubeconfig(DataDirectory data, Pki pki, URI server) {
        Access.write(data, pki, server, kubeconfig);
    }
}
