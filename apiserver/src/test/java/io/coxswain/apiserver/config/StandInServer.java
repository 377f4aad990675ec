package io.coxswain.apiserver.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpServer;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Somebody else's server that is asked things, and answers what a test says, the truth or not.
public final class StandInServer implements AutoCloseable {

    private final HttpServer server;
    private final List<Json.Obj> asked = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String answer = "{}";

    public StandInServer() {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        asked.add(JsonReader.readObject(exchange.getRequestBody().readAllBytes()));
                        var body = answer.getBytes(UTF_8);
                        exchange.sendResponseHeaders(status, body.length);
                        exchange.getResponseBody().write(body);
                    }
                });
        server.start();
    }

    public void answers(String body) {
        answers(200, body);
    }

    public void answers(int status, String body) {
        this.status = status;
        this.answer = body;
    }

    /// What it was asked so far.
    public List<Json.Obj> asked() {
        return asked;
    }

    /// Writes a kubeconfig that leads here.
    public Path kubeconfig(Path directory) {
        try {
            return Files.writeString(
                    directory.resolve("kubeconfig"),
                    """
                    current-context: c
                    contexts: [{name: c, context: {cluster: s, user: u}}]
                    clusters: [{name: s, cluster: {server: "http://127.0.0.1:%d/ask"}}]
                    users: [{name: u, user: {token: t}}]
                    """
                            .formatted(server.getAddress().getPort()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
