package io.coxswain.bench.linear;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// A port on loopback that passes everything on to another one, until it is told not to.
///
/// What is held back is not lost: as with TCP over a network that is gone for a while, it arrives
/// when the link is open again, unless somebody has hung up. An etcd member says in its first bytes
/// who it is, so that it can be held back alone.
final class Link implements AutoCloseable {

    private static final Pattern MEMBER = Pattern.compile("(?i)x-server-from: ([0-9a-f]+)");
    private static final int BUFFER_BYTES = 64 << 10;

    private final ServerSocket listening;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private Predicate<String> held = origin -> false;

    Link(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    /// From now on holds back what comes from, or goes to, these members; the empty name stands for
    /// whoever is not a member.
    synchronized void hold(Predicate<String> origins) {
        held = origins;
        notifyAll();
    }

    private synchronized void awaitOpen(String origin) throws InterruptedException {
        while (held.test(origin) && !listening.isClosed()) {
            wait();
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                var from = listening.accept();
                Thread.ofVirtual().start(() -> serve(from));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket from) {
        try (from;
                var to = new Socket(InetAddress.getLoopbackAddress(), target)) {
            sockets.add(from);
            sockets.add(to);
            var first = new byte[BUFFER_BYTES];
            var count = from.getInputStream().read(first);
            if (count > 0) {
                var origin = origin(new String(first, 0, count, StandardCharsets.ISO_8859_1));
                awaitOpen(origin);
                to.getOutputStream().write(first, 0, count);
                var back = Thread.ofVirtual().start(() -> pump(to, from, origin));
                pump(from, to, origin);
                back.join();
            }
        } catch (IOException | InterruptedException over) {
            // One of the two has hung up, or the member is not there.
        } finally {
            sockets.remove(from);
            sockets.removeIf(Socket::isClosed);
        }
    }

    private static String origin(String first) {
        var member = MEMBER.matcher(first);
        return member.find() ? member.group(1) : "";
    }

    /// Both ways end together.
    private void pump(Socket from, Socket to, String origin) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            var buffer = new byte[BUFFER_BYTES];
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                awaitOpen(origin);
                out.write(buffer, 0, count);
            }
        } catch (IOException | InterruptedException over) {
            // As above.
        }
    }

    @Override
    public void close() throws IOException {
        listening.close();
        hold(origin -> false);
        for (var socket : sockets) {
            socket.close();
        }
    }
}
