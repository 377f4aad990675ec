package io.coxswain.cluster.real;

import io.coxswain.apiserver.User;
import io.coxswain.apiserver.layout.UpstreamLayout;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.client.Client;
import io.coxswain.cluster.ControlPlane;
import io.coxswain.cluster.ControlPlaneConfiguration;
import io.coxswain.cluster.ControlPlaneConfiguration.Addresses;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.Pki;
import io.coxswain.cluster.Planes;
import io.coxswain.cluster.store.StoreChoice;
import io.coxswain.etcd.EtcdOptions;
import io.coxswain.etcd.local.LocalEtcd;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.FailoverTransport;
import io.coxswain.http.HttpClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Control planes on one etcd cluster of as many members. Each has a directory of its own with the
/// shared authorities and keys in it.
final class SharedPlanes implements AutoCloseable {

    private final Path directory;
    private final LocalEtcd etcd;
    private final ClientTls tls;
    private final List<Integer> ports = new ArrayList<>();
    private final List<ThreadLoops> loops = new ArrayList<>();
    private final List<ControlPlane> planes = new ArrayList<>();

    SharedPlanes(Path directory, int servers) throws IOException {
        this.directory = directory;
        this.etcd = LocalEtcd.start(directory.resolve("etcd"), servers);
        var pki = Pki.open(directory.resolve("pki"), Clock.SYSTEM);
        pki.serviceAccountKeys();
        pki.frontProxy();
        this.tls = ClientTls.trusting(pki.authorities()).withIdentity(pki.admin());
        for (var i = 0; i < servers; i++) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                ports.add(socket.getLocalPort());
            }
        }
        for (var i = 0; i < servers; i++) {
            loops.add(new ThreadLoops(Clock.SYSTEM));
            planes.add(plane(i));
        }
    }

    LocalEtcd etcd() {
        return etcd;
    }

    private ControlPlane plane(int index) throws IOException {
        var data = DataDirectory.open(directory.resolve("server" + index));
        Files.createDirectories(data.pki());
        for (var file : List.of("ca", "front-proxy-ca", "sa")) {
            for (var kind : List.of(".crt", ".key", ".pub")) {
                var from = directory.resolve("pki").resolve(file + kind);
                var to = data.pki().resolve(file + kind);
                if (Files.exists(from) && !Files.exists(to)) {
                    Files.copy(from, to);
                }
            }
        }
        var configuration =
                ControlPlaneConfiguration.standard(
                                Addresses.local(ports.get(index))
                                        .advertising("192.0.2." + (index + 1)))
                        .withStore(
                                new StoreChoice.Etcd(
                                        EtcdOptions.of(etcd.servers()), UpstreamLayout.protobuf()));
        return ControlPlane.start(
                configuration,
                Pki.open(data.pki(), Clock.SYSTEM),
                data,
                loops.get(index),
                Planes.quiet());
    }

    void restart(int index) throws IOException {
        planes.get(index).close();
        loops.get(index).close();
        loops.set(index, new ThreadLoops(Clock.SYSTEM));
        planes.set(index, plane(index));
    }

    Client admin(int server) {
        return client(server, User.of("admin", User.MASTERS));
    }

    /// A client that begins with server `first`.
    FailoverTransport transport(int first) {
        var options = ClientOptions.DEFAULT.withTls(tls);
        var servers = new ArrayList<HttpClient>();
        for (var i = 0; i < ports.size(); i++) {
            var port = ports.get((first + i) % ports.size());
            servers.add(HttpClient.to(URI.create("https://127.0.0.1:" + port), options));
        }
        return new FailoverTransport(servers);
    }

    void stop(int index) {
        planes.get(index).close();
    }

    /// A client of server `index` that acts as `user`.
    Client client(int index, User user) {
        return planes.get(index).client(user, "test");
    }

    @Override
    public void close() {
        planes.forEach(ControlPlane::close);
        loops.forEach(ThreadLoops::close);
        etcd.close();
    }
}
