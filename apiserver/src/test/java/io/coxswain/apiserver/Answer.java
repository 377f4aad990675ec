package io.coxswain.apiserver;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a server answered, read in full.
record Answer(int status, Headers headers, byte[] body) {

    static Answer of(Response response) {
        return switch (response) {
            case Response.Full(var status, var headers, var body) ->
                    new Answer(status, headers, body.bytes());
            case Response.Streaming(var status, var headers, var producer) ->
                    new Answer(status, headers, all(producer));
            case Response.Upgrade upgrade ->
                    throw new AssertionError("an upgrade is not an answer to read");
        };
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    Json.Obj json() {
        return JsonReader.readObject(body);
    }

    /// What is at a path, as text; `""` for nothing: `at("spec", "clusterIP")`, `at("items", "0")`.
    String at(String... path) {
        return Trees.at(json(), path);
    }

    String message() {
        return at("message");
    }

    String revision() {
        return at("metadata", "resourceVersion");
    }

    List<String> warnings() {
        return headers.all("Warning");
    }

    /// The names of the items of a list.
    List<String> names() {
        return json().items("items").stream()
                .map(item -> Trees.at(item, "metadata", "name"))
                .toList();
    }

    private static byte[] all(Response.Producer producer) {
        var bytes = new ByteArrayOutputStream();
        try {
            producer.writeTo(new Collector(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /// Keeps what is sent to it.
    record Collector(ByteArrayOutputStream bytes) implements Response.Sink {
        @Override
        public void write(Payload frame) {
            bytes.writeBytes(frame.bytes());
        }

        @Override
        public void flush() {}

        @Override
        public void onClose(Runnable callback) {}
    }
}
