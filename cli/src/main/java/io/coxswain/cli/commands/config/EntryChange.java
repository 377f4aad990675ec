package io.coxswain.cli.commands.config;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/// An entry of a kubeconfig while flags are put over it.
final class EntryChange {

    private final boolean embed;
    private Json.Obj entry;

    /// @param embed whether files are copied into the entry
    EntryChange(Json.Obj before, boolean embed) {
        this.entry = before;
        this.embed = embed;
    }

    Json.Obj entry() {
        return entry;
    }

    EntryChange put(String field, Json value) {
        entry = entry.with(field, value);
        return this;
    }

    /// Only what is not empty.
    EntryChange text(String field, String value) {
        return value.isEmpty() ? this : put(field, Json.of(value));
    }

    EntryChange without(String field) {
        entry = entry.without(field);
        return this;
    }

    /// A file by name, or its content.
    EntryChange file(String field, String name) {
        if (name.isEmpty()) {
            return this;
        }
        var path = Path.of(name).toAbsolutePath().normalize();
        if (!embed) {
            return put(field, Json.of(path.toString())).without(field + "-data");
        }
        if (!Files.exists(path)) {
            throw new CliError(
                    "could not stat %s file %s: stat %s: no such file or directory"
                            .formatted(field, name, name));
        }
        try {
            var content = Base64.getEncoder().encodeToString(Files.readAllBytes(path));
            return put(field + "-data", Json.of(content)).without(field);
        } catch (IOException e) {
            throw new CliError("could not read " + field + " data from " + name + ": " + e);
        }
    }
}
