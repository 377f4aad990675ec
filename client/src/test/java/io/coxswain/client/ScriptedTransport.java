package io.coxswain.client;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Resource;
import io.coxswain.http.BodyQueue;
import io.coxswain.http.Exchange;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Transport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// Answers requests as a test says, and remembers them as lines `METHOD path?query`.
public final class ScriptedTransport implements Transport {

    private final Map<String, Function<Request, Exchange>> script = new HashMap<>();
    private final Map<String, BodyQueue> watches = new HashMap<>();
    public final List<String> requests = new ArrayList<>();
    public final List<String> bodies = new ArrayList<>();

    public ScriptedTransport on(String methodAndPath, Function<Request, Exchange> answer) {
        script.put(methodAndPath, answer);
        return this;
    }

    /// Answers lists of `path` with these objects and opens watches for [#event].
    public ScriptedTransport collection(String path, long revision, Resource... items) {
        var metadata = Json.object(Map.of("resourceVersion", Json.of(Long.toString(revision))));
        var trees = Stream.of(items).map(item -> RecordWriter.toTree((Record) item)).toList();
        var fields = new LinkedHashMap<String, Json>();
        fields.put("metadata", metadata);
        fields.put("items", Json.array(trees));
        return on(
                "GET " + path,
                request -> {
                    if (request.query().flag("watch")) {
                        var queue = new BodyQueue(BodyQueue.Filler.NONE);
                        watches.put(path, queue);
                        return new Exchange(200, Headers.EMPTY, queue);
                    }
                    return whole(200, JsonWriter.write(Json.object(fields)));
                });
    }

    public void event(String path, String type, Resource object) {
        line(path, type, RecordWriter.toTree((Record) object));
    }

    public void line(String path, String type, Json object) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("type", Json.of(type));
        fields.put("object", object);
        var text = new String(JsonWriter.write(Json.object(fields)), StandardCharsets.UTF_8);
        watch(path).add(Payload.of(text + "\n"));
    }

    public void endWatch(String path) {
        watch(path).end();
    }

    public void breakWatch(String path) {
        watch(path).fail(new IOException("connection reset"));
    }

    public static Exchange object(int status, Resource object) {
        return whole(status, RecordWriter.write((Record) object));
    }

    public static Exchange error(ApiError error) {
        return whole(error.code(), RecordWriter.write(error.status()));
    }

    @Override
    public Exchange open(Request request) {
        var query = request.query().encoded();
        requests.add(
                request.method() + " " + request.path() + (query.isEmpty() ? "" : "?" + query));
        bodies.add(request.body().text());
        var answer = script.get(request.method() + " " + request.path());
        return answer == null
                ? whole(404, "404 page not found".getBytes(StandardCharsets.UTF_8))
                : answer.apply(request);
    }

    private static Exchange whole(int status, byte[] body) {
        return new Exchange(
                status,
                Headers.of("content-length", Integer.toString(body.length)),
                BodyQueue.of(Payload.of(body)));
    }

    private BodyQueue watch(String path) {
        var queue = watches.get(path);
        if (queue == null) {
            throw new IllegalStateException("nobody watches " + path);
        }
        return queue;
    }
}
