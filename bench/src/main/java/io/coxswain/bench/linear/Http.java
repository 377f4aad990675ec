package io.coxswain.bench.linear;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Plain requests, each to any of the servers, with the JDK's client, which sends no write twice:
/// what the project's own client does to be helpful would blur who did what.
final class Http {

    private static final Pattern VALUE = Pattern.compile("\"v\":\"(\\d+)\"");
    private static final Pattern REVISION = Pattern.compile("\"resourceVersion\":\"(\\d+)\"");
    private static final Pattern NAME = Pattern.compile("\"name\":\"([^\"]+)\"");

    private final HttpClient client =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(2))
                    .build();
    private final List<String> bases;
    private final Duration patience;

    Http(List<String> bases, Duration patience) {
        this.bases = bases;
        this.patience = patience;
    }

    /// An answer: status and body.
    record Answer(int status, String body) {
        long value() {
            return number(VALUE, body);
        }

        long revision() {
            return number(REVISION, body);
        }
    }

    static long value(String json) {
        return number(VALUE, json);
    }

    static long revision(String json) {
        return number(REVISION, json);
    }

    static String name(String json) {
        var match = NAME.matcher(json);
        return match.find() ? match.group(1) : "";
    }

    private static long number(Pattern pattern, String text) {
        var match = pattern.matcher(text);
        return match.find() ? Long.parseLong(match.group(1)) : 0;
    }

    private URI anywhere(String path) {
        var base = bases.get(ThreadLocalRandom.current().nextInt(bases.size()));
        return URI.create(base + path);
    }

    /// Throws [IOException] when no answer came.
    Answer send(String method, String path, @Nullable String type, String body) throws IOException {
        var publisher =
                body.isEmpty()
                        ? HttpRequest.BodyPublishers.noBody()
                        : HttpRequest.BodyPublishers.ofString(body);
        var request =
                HttpRequest.newBuilder(anywhere(path)).timeout(patience).method(method, publisher);
        if (type != null) {
            request.header("content-type", type);
        }
        try {
            var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /// The lines of an answer that does not end by itself.
    HttpResponse<Stream<String>> follow(String path) throws IOException {
        var request = HttpRequest.newBuilder(anywhere(path)).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofLines());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    void close() {
        client.shutdownNow();
    }
}
