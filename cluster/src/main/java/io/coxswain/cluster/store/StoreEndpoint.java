package io.coxswain.cluster.store;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.http.Handler;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.embedded.Stats;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;

/// Two paths beside the Kubernetes API: `/coxswain/backup` sends the whole store at one revision,
/// `/coxswain/store` its figures. Whoever may get such a path (of the usual roles, `cluster-admin`)
/// is decided by the API server, which knows nothing there and so answers 404 to whom it lets in.
///
/// @param directory where a backup is written before it is sent
public record StoreEndpoint(Handler apiServer, OpenStore store, Path directory) implements Handler {

    public static final String BACKUP = "/coxswain/backup";
    public static final String STATS = "/coxswain/store";

    private static final int CHUNK = 1 << 16;

    @Override
    public Response handle(Request request) {
        var path = request.path();
        if (!path.startsWith("/coxswain/")) {
            return apiServer.handle(request);
        }
        var verdict = apiServer.handle(request);
        if (verdict.status() != 404 || !request.method().equals("GET")) {
            return verdict;
        }
        return switch (path) {
            case BACKUP -> backup();
            case STATS -> store.embedded() == null ? verdict : stats(store.embedded().stats());
            default -> verdict;
        };
    }

    private static Response stats(Stats stats) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("revision", Json.of(stats.revision()));
        fields.put("compactedRevision", Json.of(stats.compactedRevision()));
        fields.put("objects", Json.of(stats.objects()));
        fields.put("expiring", Json.of(stats.expiring()));
        fields.put("historyEvents", Json.of(stats.historyEvents()));
        fields.put("historyBytes", Json.of(stats.historyBytes()));
        fields.put("watches", Json.of(stats.watches()));
        fields.put("groups", Json.of(stats.groups()));
        fields.put("logBytes", Json.of(stats.logBytes()));
        fields.put("snapshotBytes", Json.of(stats.snapshotBytes()));
        fields.put("spaceAlarm", Json.of(stats.spaceAlarm()));
        fields.put("writable", Json.of(stats.writable()));
        return Response.of(
                200, "application/json", Payload.of(JsonWriter.write(new Json.Obj(fields))));
    }

    private Response backup() {
        return new Response.Streaming(
                200, Headers.of("content-type", "application/octet-stream"), this::send);
    }

    private void send(Response.Sink sink) throws IOException {
        Path folder;
        try {
            folder = Files.createTempDirectory(directory, "backup");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var file = folder.resolve("backup");
        try {
            store.backup(new FileDisk(folder), "backup");
            try (var in = Files.newInputStream(file)) {
                for (var chunk = in.readNBytes(CHUNK);
                        chunk.length > 0;
                        chunk = in.readNBytes(CHUNK)) {
                    sink.write(Payload.of(chunk));
                }
            }
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }
}
