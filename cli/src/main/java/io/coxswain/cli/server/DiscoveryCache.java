package io.coxswain.cli.server;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.base.Clock;
import io.coxswain.http.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The answers to discovery, kept in files for some hours: a file a path, a directory a server.
/// Where nothing can be written everything works without.
public final class DiscoveryCache {

    private static final Duration AGE_MAX = Duration.ofHours(6);

    private final @Nullable Path directory;
    private final Clock clock;
    private final Function<Request, Json.Obj> server;
    private boolean used;

    /// @param directory null to keep nothing
    /// @param server whom to ask for what is not known
    public DiscoveryCache(
            @Nullable Path directory, Clock clock, Function<Request, Json.Obj> server) {
        this.directory = directory;
        this.clock = clock;
        this.server = server;
    }

    /// `~/.kube/cache/coxswain/127.0.0.1_6443`; null for a user without a home.
    ///
    /// @param flag `--cache-dir`
    public static @Nullable Path directory(
            String flag, Map<String, String> environment, String address) {
        var named = flag.isEmpty() ? environment.getOrDefault("KUBECACHEDIR", "") : flag;
        var home = environment.getOrDefault("HOME", "");
        if (named.isEmpty() && home.isEmpty()) {
            return null;
        }
        var root = named.isEmpty() ? Path.of(home, ".kube", "cache") : Path.of(named);
        return root.resolve("coxswain").resolve(address.replaceAll("[^-.\\w]", "_"));
    }

    /// Whether any answer came from a file.
    public boolean used() {
        return used;
    }

    public Json.Obj answer(Request request) {
        if (directory == null) {
            return server.apply(request);
        }
        var file = directory.resolve(request.path().substring(1).replace('/', '_') + ".json");
        var known = read(file);
        if (known != null) {
            used = true;
            return known;
        }
        var answer = server.apply(request);
        write(directory, file, answer);
        return answer;
    }

    private Json.@Nullable Obj read(Path file) {
        try {
            var written = Files.getLastModifiedTime(file).toInstant();
            var age = Duration.between(written, clock.now());
            return age.compareTo(AGE_MAX) > 0
                    ? null
                    : JsonReader.readObject(Files.readAllBytes(file));
        } catch (IOException | DecodeError none) {
            return null;
        }
    }

    private void write(Path directory, Path file, Json.Obj answer) {
        try {
            Files.createDirectories(directory);
            var whole = Files.createTempFile(directory, "discovery", ".part");
            Files.write(whole, JsonWriter.write(answer));
            Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException unwritable) {
            used = false;
        }
    }

    /// Forgets everything about this server.
    public void forget() {
        if (directory == null) {
            return;
        }
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException nothing) {
            used = false;
        }
    }
}
