package io.coxswain.etcd.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// An etcd cluster on loopback, of members that can be paused, killed and started again.
public final class LocalEtcd implements AutoCloseable {

    private static final int LEADER_TRIES = 100;

    private final Path directory;
    private final List<String> extra;
    private final List<Member> members = new ArrayList<>();

    private LocalEtcd(Path directory, List<String> extra) {
        this.directory = directory;
        this.extra = extra;
    }

    private static final class Member {
        final String name;
        final int clientPort;
        final int peerPort;
        final int reachedAt;
        Process process;

        Member(String name, int clientPort, int peerPort, int reachedAt, Process process) {
            this.name = name;
            this.clientPort = clientPort;
            this.peerPort = peerPort;
            this.reachedAt = reachedAt;
            this.process = process;
        }
    }

    /// Debian's, installed or as `./cox test` has unpacked it.
    private static String program(String name) {
        var installed = Path.of("/usr/bin", name);
        var unpacked =
                Path.of(System.getProperty("user.home"), ".cache/coxswain/debian/usr/bin", name);
        return (Files.isExecutable(installed) ? installed : unpacked).toString();
    }

    /// The port at which members reach the one that listens at `port`: the same, unless something
    /// stands between them.
    public interface Between {
        int reach(int port) throws IOException;
    }

    /// Starts `count` members whose data are below `directory`, which stays.
    public static LocalEtcd start(Path directory, int count, String... extra) {
        return start(directory, count, port -> port, extra);
    }

    public static LocalEtcd start(Path directory, int count, Between peers, String... extra) {
        var cluster = new LocalEtcd(directory, List.of(extra));
        try {
            Files.createDirectories(directory);
            var ports = freePorts(2 * count);
            for (var i = 0; i < count; i++) {
                var name = "m" + i;
                var port = ports.get(2 * i + 1);
                cluster.members.add(
                        new Member(name, ports.get(2 * i), port, peers.reach(port), nothing()));
            }
            for (var i = 0; i < count; i++) {
                cluster.begin(i);
            }
            return cluster;
        } catch (IOException e) {
            cluster.close();
            throw new UncheckedIOException(e);
        }
    }

    /// Where clients reach the members.
    public List<URI> servers() {
        return members.stream()
                .map(m -> URI.create(scheme() + "://127.0.0.1:" + m.clientPort))
                .toList();
    }

    private String scheme() {
        return extra.stream().anyMatch(flag -> flag.startsWith("--cert-file")) ? "https" : "http";
    }

    /// Starts a member that was killed, with the data it had.
    public void begin(int index) throws IOException {
        var member = members.get(index);
        var client = scheme() + "://127.0.0.1:" + member.clientPort;
        var command = new ArrayList<String>();
        command.addAll(List.of(program("etcd"), "--name", member.name));
        command.addAll(List.of("--data-dir", directory.resolve(member.name).toString()));
        command.addAll(List.of("--listen-client-urls", client, "--advertise-client-urls", client));
        command.addAll(List.of("--listen-peer-urls", "http://127.0.0.1:" + member.peerPort));
        command.addAll(List.of("--initial-advertise-peer-urls", peer(member)));
        command.addAll(
                List.of(
                        "--initial-cluster",
                        members.stream()
                                .map(m -> m.name + "=" + peer(m))
                                .collect(Collectors.joining(","))));
        command.addAll(extra);
        member.process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        directory.resolve(member.name + ".log").toFile()))
                        .start();
    }

    private static String peer(Member member) {
        return "http://127.0.0.1:" + member.reachedAt;
    }

    /// Kills a member without a word.
    public void kill(int index) {
        var process = members.get(index).process;
        process.destroyForcibly();
        await(process);
    }

    /// Lets a member hang, or go on.
    public void pause(int index, boolean pause) throws IOException {
        var signal = pause ? "-STOP" : "-CONT";
        var pid = Long.toString(members.get(index).process.pid());
        await(new ProcessBuilder("kill", signal, pid).start());
    }

    public int size() {
        return members.size();
    }

    /// The member that leads, once there is one.
    public int leader() throws IOException {
        for (var tries = 0; tries < LEADER_TRIES; tries++) {
            for (var index = 0; index < members.size(); index++) {
                var status = status(index);
                if (status.length > 4 && status[4].equals("true")) {
                    return index;
                }
            }
        }
        throw new IllegalStateException("no member of etcd leads");
    }

    /// What a member calls itself among the others.
    public String id(int index) throws IOException {
        return status(index)[1];
    }

    /// Address, id, version, size, whether it leads; less when it does not answer.
    private String[] status(int index) throws IOException {
        var address = servers().get(index).toString();
        return ask(address, "endpoint", "status").strip().split(", ", -1);
    }

    /// Runs etcdctl against all members. Returns what it printed.
    public String ctl(String... args) throws IOException {
        var all = servers().stream().map(URI::toString).collect(Collectors.joining(","));
        return ask(all, args);
    }

    private static String ask(String endpoints, String... args) throws IOException {
        var command = new ArrayList<String>(List.of(program("etcdctl")));
        command.addAll(List.of("--endpoints", endpoints));
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("ETCDCTL_API", "3");
        var process = builder.start();
        try (var out = process.getInputStream()) {
            var text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            await(process);
            return text;
        }
    }

    @Override
    public void close() {
        for (var member : members) {
            member.process.destroyForcibly();
        }
        members.forEach(member -> await(member.process));
    }

    private static Process nothing() throws IOException {
        return new ProcessBuilder("true").start();
    }

    private static void await(Process process) {
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static List<Integer> freePorts(int count) throws IOException {
        var sockets = new ArrayList<ServerSocket>();
        try {
            for (var i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return sockets.stream().map(ServerSocket::getLocalPort).toList();
        } finally {
            for (var socket : sockets) {
                socket.close();
            }
        }
    }
}
