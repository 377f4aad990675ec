package io.coxswain.cluster;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.Yaml;
import io.coxswain.base.tls.Pem;
import io.coxswain.base.tls.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes kubeconfig files: a whole one, or our context merged into one that is there.
final class Kubeconfigs {

    private static final String NAME = "coxswain";

    private Kubeconfigs() {}

    /// Writes a file with our cluster, user and context only.
    static void write(Path file, URI server, String authorityPem, TlsIdentity user) {
        save(file, merged(Json.EMPTY, server, authorityPem, user));
    }

    /// Adds or replaces our entries in `file`, keeps all others, and makes our context the current
    /// one.
    static void merge(Path file, URI server, String authorityPem, TlsIdentity user) {
        var existing = Json.EMPTY;
        if (Files.exists(file) && Yaml.read(read(file)) instanceof Json.Obj config) {
            existing = config;
        }
        save(file, merged(existing, server, authorityPem, user));
    }

    private static Json.Obj merged(
            Json.Obj config, URI server, String authorityPem, TlsIdentity user) {
        var cluster =
                fields(
                        "certificate-authority-data", base64(authorityPem),
                        "server", server.toString());
        var credentials =
                fields(
                        "client-certificate-data", base64(Pem.encode(user.chain())),
                        "client-key-data", base64(Pem.encode(user.key())));
        var context = fields("cluster", NAME, "user", NAME);
        return config.with("apiVersion", Json.of("v1"))
                .with("kind", Json.of("Config"))
                .with("clusters", with(config.items("clusters"), "cluster", cluster))
                .with("users", with(config.items("users"), "user", credentials))
                .with("contexts", with(config.items("contexts"), "context", context))
                .with("current-context", Json.of(NAME));
    }

    /// The named entries with ours last, in place of one that has its name.
    private static Json with(List<Json> entries, String field, Json.Obj value) {
        var all = new ArrayList<Json>();
        for (var entry : entries) {
            if (!(entry instanceof Json.Obj known && known.text("name").equals(NAME))) {
                all.add(entry);
            }
        }
        all.add(Json.object(new LinkedHashMap<>(Map.of("name", Json.of(NAME), field, value))));
        return Json.array(all);
    }

    private static Json.Obj fields(String... namesAndValues) {
        var fields = new LinkedHashMap<String, Json>();
        for (var i = 0; i < namesAndValues.length; i += 2) {
            fields.put(namesAndValues[i], Json.of(namesAndValues[i + 1]));
        }
        return new Json.Obj(fields);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void save(Path file, Json.Obj config) {
        try {
            var parent = file.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Pem.writeSecret(file, Yaml.write(config));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
