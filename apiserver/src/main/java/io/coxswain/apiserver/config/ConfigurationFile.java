package io.coxswain.apiserver.config;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.schema.FieldErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A file with one versioned object, in YAML or JSON. Whatever the kind does not have is an error.
public final class ConfigurationFile {

    private ConfigurationFile() {}

    /// A file that is no good. The message is for who wrote it.
    public static final class Invalid extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        public Invalid(String message) {
            super(message);
        }

        /// Throws if something was found.
        public static void throwIfAny(FieldErrors errors) {
            if (!errors.isEmpty()) {
                var all = errors.all().stream().map(Object::toString).toList();
                throw new Invalid(
                        all.size() == 1 ? all.getFirst() : "[" + String.join(", ", all) + "]");
            }
        }
    }

    /// The text of a file; throws [Invalid] when it cannot be read.
    public static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new Invalid("failed to read file " + file + ": " + e);
        }
    }

    /// The object in `text`. Throws [Invalid].
    ///
    /// @param versions of the API group that are understood
    public static <T> T read(String text, Class<T> type, String kind, List<String> versions) {
        try {
            if (!(Yaml.read(text) instanceof Json.Obj tree)) {
                throw new Invalid("the file holds no object");
            }
            var version = tree.text("apiVersion");
            if (version.isEmpty() || tree.text("kind").isEmpty()) {
                throw new Invalid(
                        "Object '"
                                + (version.isEmpty() ? "apiVersion" : "Kind")
                                + "' is missing in the file");
            }
            if (!tree.text("kind").equals(kind) || !versions.contains(version)) {
                throw new Invalid(
                        "no kind \""
                                + tree.text("kind")
                                + "\" is registered for version \""
                                + version
                                + "\"");
            }
            var problems = new Problems();
            Yaml.readAll(text, duplicate -> problems.add("yaml: " + duplicate));
            var read = RecordReader.read(type, JsonWriter.write(tree), problems);
            if (!problems.isEmpty()) {
                throw new Invalid(problems.strictError());
            }
            return read;
        } catch (DecodeError e) {
            throw new Invalid(String.valueOf(e.getMessage()));
        }
    }

    /// How `text` shows in logs: never itself.
    public static String hash(String text) {
        try {
            var digest = java.security.MessageDigest.getInstance("SHA-256");
            var bytes = digest.digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + java.util.HexFormat.of().formatHex(bytes);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
