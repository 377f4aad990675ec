package io.coxswain.bench.linear;

import io.coxswain.apiserver.ApiServer;
import io.coxswain.apiserver.ApiServerConfiguration;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.layout.UpstreamLayout;
import io.coxswain.apiserver.services.AddressRange;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.etcd.EtcdOptions;
import io.coxswain.etcd.EtcdStore;
import io.coxswain.http.HttpServer;
import io.coxswain.http.Peer;
import io.coxswain.http.ServerOptions;
import io.coxswain.storage.Store;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.embedded.EmbeddedStore;
import io.coxswain.storage.embedded.Options;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/// An API server that trusts everybody on the loopback interface. Arguments: directory and port;
/// then `quick` or `slow` for the disk of a store of its own, or the addresses of etcd's members.
final class ServerProcess {

    private ServerProcess() {}

    public static void main(String[] arguments) throws Exception {
        var port = Integer.parseInt(arguments[1]);
        var clock = Clock.SYSTEM;
        var loops = new ThreadLoops(clock);
        var store =
                arguments[2].startsWith("http")
                        ? shared(arguments[2], loops)
                        : own(Path.of(arguments[0]), arguments[2].equals(Server.SLOW), loops);
        var configuration =
                new ApiServerConfiguration(
                        "127.0.0.1",
                        port,
                        AddressRange.parse("10.96.0.0/12"),
                        false,
                        null,
                        CertificateAuthority.keyPair(),
                        "https://kubernetes.default.svc");
        var server =
                new ApiServer(
                        configuration,
                        store,
                        node -> {
                            throw new IllegalStateException("there is no node " + node);
                        },
                        clock,
                        new Random());
        server.start(loops);
        var admin = Peer.inProcess(User.of("admin", User.MASTERS, User.AUTHENTICATED));
        HttpServer.start(
                ServerOptions.at(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)),
                request -> server.handle(request.withPeer(admin)));
        System.out.println("ready");
        new CountDownLatch(1).await();
    }

    private static Store own(Path directory, boolean slow, ThreadLoops loops) {
        Disk disk = new FileDisk(directory);
        // Snapshots are part of what is tried.
        var options = Options.DEFAULT.withSnapshotAfterBytes(300_000);
        var store = EmbeddedStore.open(slow ? new SlowDisk(disk) : disk, loops.clock(), options);
        loops.start("store-upkeep", store.upkeep());
        return store;
    }

    private static Store shared(String members, ThreadLoops loops) {
        var servers = Stream.of(members.split(",", -1)).map(URI::create).toList();
        return EtcdStore.open(EtcdOptions.of(servers), UpstreamLayout.protobuf(), loops);
    }
}
