package io.coxswain.cluster.commands;

import io.coxswain.api.proto.Envelope;
import io.coxswain.apiserver.layout.UpstreamLayout;
import io.coxswain.base.flags.Flag;
import io.coxswain.cluster.StartupException;
import io.coxswain.cluster.store.StoreChoice;
import io.coxswain.etcd.EtcdOptions;
import io.coxswain.storage.embedded.Options;
import io.coxswain.storage.state.Limits;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The flags that say where state is kept.
record StoreFlags(
        @Flag("Where state is kept: embedded or etcd; etcd when its servers are given")
                String store,
        @Flag("The members of the etcd cluster: https://HOST:2379, separated by commas")
                List<String> etcdServers,
        @Flag("The same, by another name") List<String> etcdEndpoints,
        @Flag(value = "What every key in etcd begins with", def = EtcdOptions.PREFIX)
                String etcdPrefix,
        @Flag("The authority of etcd's certificates") String etcdCafile,
        @Flag("The certificate to show to etcd") String etcdCertfile,
        @Flag("The key of that certificate") String etcdKeyfile,
        @Flag(value = "How often old history in etcd is forgotten; 0 for never", def = "5m")
                Duration etcdCompactionInterval,
        @Flag(value = "How built-in kinds are written to etcd", def = Envelope.MEDIA_TYPE)
                String storageMediaType,
        @Flag("Bytes the embedded store may take before it only deletes; 8 GiB by default")
                String quotaBackendBytes) {

    /// Throws [StartupException] when the flags make no sense together.
    StoreChoice choice() {
        var servers = servers();
        return switch (store) {
            case "" -> servers.isEmpty() ? embedded() : etcd(servers);
            case "embedded" -> {
                if (!servers.isEmpty()) {
                    throw new StartupException("--etcd-servers is of use with --store=etcd only");
                }
                yield embedded();
            }
            case "etcd", "etcd3" -> {
                if (servers.isEmpty()) {
                    throw new StartupException("--store=etcd needs --etcd-servers");
                }
                yield etcd(servers);
            }
            default -> throw new StartupException("--store must be embedded or etcd, not " + store);
        };
    }

    private StoreChoice embedded() {
        if (quotaBackendBytes.isEmpty()) {
            return StoreChoice.EMBEDDED;
        }
        try {
            var bytes = Long.parseUnsignedLong(quotaBackendBytes);
            return new StoreChoice.Embedded(Options.DEFAULT.withQuotaBytes(bytes));
        } catch (NumberFormatException e) {
            throw new StartupException(
                    "--quota-backend-bytes must be a number of bytes, not " + quotaBackendBytes);
        }
    }

    private List<URI> servers() {
        var servers = new ArrayList<URI>();
        for (var given : etcdServers.isEmpty() ? etcdEndpoints : etcdServers) {
            for (var text : given.split(",")) {
                try {
                    servers.add(URI.create(text.contains("://") ? text : "http://" + text));
                } catch (IllegalArgumentException e) {
                    throw new StartupException("--etcd-servers: " + text + " is not a URL");
                }
            }
        }
        return List.copyOf(servers);
    }

    private StoreChoice etcd(List<URI> servers) {
        var tls =
                new EtcdOptions.Tls(
                        file("--etcd-cafile", etcdCafile),
                        file("--etcd-certfile", etcdCertfile),
                        file("--etcd-keyfile", etcdKeyfile));
        try {
            return new StoreChoice.Etcd(
                    new EtcdOptions(
                            servers, etcdPrefix, tls, Limits.DEFAULT, etcdCompactionInterval),
                    UpstreamLayout.of(storageMediaType));
        } catch (IllegalArgumentException e) {
            throw new StartupException(String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Path file(String flag, String name) {
        if (name.isEmpty()) {
            return null;
        }
        var file = Path.of(name);
        if (!Files.isReadable(file)) {
            throw new StartupException(flag + ": " + name + " cannot be read");
        }
        return file;
    }
}
