package io.coxswain.apiserver.config;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;

/// A server that is asked something and does what no server should.
public final class HostileServer implements AutoCloseable {

    /// What it does once the question has arrived.
    public enum Manner {
        HANGS,
        DRIPS_ITS_HEAD,
        DRIPS_ITS_BODY,
        NEVER_ENDS,
        BREAKS_OFF,
        RESETS,
        SPEAKS_ANOTHER_LANGUAGE,
        REDIRECTS,
        ANSWERS_NOTHING
    }

    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";
    private static final int DRIP_MILLIS = 100;

    private final ServerSocket server;
    private final Manner manner;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /// @param sockets with or without TLS
    public HostileServer(Manner manner, ServerSocketFactory sockets) {
        this.manner = manner;
        try {
            this.server = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().name("hostile").start(this::accept);
    }

    public int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            var question = new byte[1 << 16];
            if (socket.getInputStream().read(question) < 0) {
                return;
            }
            answer(socket);
        } catch (IOException gone) {
            return; // Who asked has had enough.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void answer(Socket socket) throws IOException, InterruptedException {
        switch (manner) {
            case HANGS -> socket.getInputStream().readAllBytes();
            case DRIPS_ITS_HEAD -> drip(socket, HEAD);
            case DRIPS_ITS_BODY -> {
                write(socket, HEAD + "100000\r\n\r\n");
                drip(socket, " ".repeat(100_000));
            }
            case NEVER_ENDS -> {
                write(socket, HEAD + "100000000000\r\n\r\n");
                while (true) {
                    write(socket, " ".repeat(1 << 16));
                }
            }
            case BREAKS_OFF -> write(socket, HEAD + "1000\r\n\r\n{\"status\":{\"allowed\":true}}");
            case RESETS -> socket.setSoLinger(true, 0);
            case SPEAKS_ANOTHER_LANGUAGE -> write(socket, "\0\1\2\3 SSH-2.0 nonsense\r\n\r\n");
            case REDIRECTS ->
                    write(
                            socket,
                            "HTTP/1.1 307 Temporary Redirect\r\nLocation: http://127.0.0.1:"
                                    + port()
                                    + "/elsewhere\r\nContent-Length: 0\r\n\r\n");
            case ANSWERS_NOTHING -> write(socket, HEAD + "0\r\n\r\n");
        }
    }

    private void drip(Socket socket, String text) throws IOException, InterruptedException {
        for (var i = 0; i < text.length(); i++) {
            write(socket, text.substring(i, i + 1));
            if (closed.await(DRIP_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (var socket : open) {
            socket.close();
        }
    }
}
