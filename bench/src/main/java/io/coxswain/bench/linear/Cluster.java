package io.coxswain.bench.linear;

import io.coxswain.etcd.local.LocalEtcd;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Servers that share an etcd cluster of three, with a [Link] from each server to each member and
/// one to each member for the other members.
final class Cluster implements Site {

    static final int SERVERS = 2;
    static final int MEMBERS = 3;

    private final LocalEtcd etcd;
    private final List<Link> peers = new ArrayList<>();
    private final List<List<Link>> links = new ArrayList<>();
    private final List<Server> servers = new ArrayList<>();

    Cluster(Path directory) throws IOException {
        etcd =
                LocalEtcd.start(
                        directory.resolve("etcd"),
                        MEMBERS,
                        this::linkToPeer,
                        // Elections take less time than a history.
                        "--heartbeat-interval=60",
                        "--election-timeout=500");
        try {
            for (var i = 0; i < SERVERS; i++) {
                var place = directory.resolve("server" + i);
                Files.createDirectories(place);
                servers.add(new Server(place, linksToMembers()));
            }
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    private int linkToPeer(int port) throws IOException {
        var link = new Link(port);
        peers.add(link);
        return link.port();
    }

    private List<URI> linksToMembers() throws IOException {
        var all = new ArrayList<Link>();
        for (var member : etcd.servers()) {
            all.add(new Link(member.getPort()));
        }
        links.add(all);
        return all.stream().map(link -> URI.create("http://127.0.0.1:" + link.port())).toList();
    }

    @Override
    public List<String> uris() {
        return servers.stream().map(Server::uri).toList();
    }

    @Override
    public Duration patience() {
        return Duration.ofMillis(1_200);
    }

    LocalEtcd etcd() {
        return etcd;
    }

    Server server(int index) {
        return servers.get(index);
    }

    /// The server reaches this member no longer.
    void cut(int server, int member) {
        links.get(server).get(member).hold(origin -> true);
    }

    /// The member reaches no other member, and they do not reach it.
    void isolate(int member) throws IOException {
        var id = etcd.id(member);
        for (var i = 0; i < MEMBERS; i++) {
            peers.get(i).hold(i == member ? origin -> true : id::equals);
        }
    }

    void heal() {
        peers.forEach(link -> link.hold(origin -> false));
        links.forEach(all -> all.forEach(link -> link.hold(origin -> false)));
    }

    @Override
    public void close() throws IOException {
        for (var server : servers) {
            server.close();
        }
        etcd.close();
        for (var link : peers) {
            link.close();
        }
        for (var all : links) {
            for (var link : all) {
                link.close();
            }
        }
    }
}
