package io.coxswain.bench.linear;

import io.coxswain.apiserver.ApiServer;
import io.coxswain.apiserver.ApiServerConfiguration;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.services.AddressRange;
import io.coxswain.base.Clock;
import io.coxswain.base.ThreadLoops;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.http.HttpServer;
import io.coxswain.http.Peer;
import io.coxswain.http.ServerOptions;
import io.coxswain.storage.disk.Disk;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.embedded.EmbeddedStore;
import io.coxswain.storage.embedded.Options;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.CountDownLatch;

/// An API server on a store of its own that trusts everybody on the loopback interface and has a
/// disk that may be slow. Arguments: directory, port, `slow` or `quick`.
final class ServerProcess {

    private ServerProcess() {}

    public static void main(String[] arguments) throws Exception {
        Disk disk = new FileDisk(Path.of(arguments[0]));
        if (arguments[2].equals("slow")) {
            disk = new SlowDisk(disk);
        }
        var port = Integer.parseInt(arguments[1]);
        var clock = Clock.SYSTEM;
        var loops = new ThreadLoops(clock);
        // Snapshots are part of what is tried.
        var options = Options.DEFAULT.withSnapshotAfterBytes(300_000);
        var store = EmbeddedStore.open(disk, clock, options);
        loops.start("store-upkeep", store.upkeep());
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
}
