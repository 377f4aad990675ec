package io.coxswain.cli.commands.create;

import io.coxswain.cli.CliError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// The data of ConfigMaps and Secrets: `--from-literal`, `--from-file`, `--from-env-file`.
final class Literals {

    private final String holder;
    private final SequencedMap<String, byte[]> data = new LinkedHashMap<>();

    private Literals(String holder) {
        this.holder = holder;
    }

    /// @param holder for messages, `ConfigMap "settings"`
    static SequencedMap<String, byte[]> read(
            String holder, List<String> literals, List<String> files, List<String> envFiles) {
        var all = new Literals(holder);
        if (!envFiles.isEmpty() && (!literals.isEmpty() || !files.isEmpty())) {
            throw new CliError("from-env-file cannot be combined with from-file or from-literal");
        }
        files.forEach(all::file);
        literals.forEach(all::literal);
        envFiles.forEach(all::envFile);
        return all.data;
    }

    private void add(String key, byte[] value) {
        if (!key.matches("[-._a-zA-Z0-9]+")) {
            throw new CliError(
                    "\""
                            + key
                            + "\" is not valid key name for a ConfigMap: a valid config key must"
                            + " consist of alphanumeric characters, '-', '_' or '.'");
        }
        if (data.putIfAbsent(key, value) != null) {
            throw new CliError(
                    "cannot add key \""
                            + key
                            + "\", another key by that name already exists in Data for "
                            + holder);
        }
    }

    private void literal(String word) {
        var equals = word.indexOf('=');
        if (equals <= 0) {
            throw new CliError("invalid literal source " + word + ", expected key=value");
        }
        var value = word.substring(equals + 1);
        add(word.substring(0, equals), value.getBytes(StandardCharsets.UTF_8));
    }

    private void file(String word) {
        var equals = word.indexOf('=');
        var path = Path.of(word.substring(equals + 1));
        if (Files.isDirectory(path)) {
            directory(path);
            return;
        }
        var key = equals < 0 ? String.valueOf(path.getFileName()) : word.substring(0, equals);
        add(key, bytes(path));
    }

    private void directory(Path directory) {
        try (var files = Files.list(directory)) {
            files.filter(Files::isRegularFile)
                    .sorted()
                    .forEach(file -> add(String.valueOf(file.getFileName()), bytes(file)));
        } catch (IOException e) {
            throw new CliError("error listing files in " + directory + ": " + e.getMessage());
        }
    }

    static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new CliError("error reading " + file + ": no such file or directory");
        }
    }

    private void envFile(String name) {
        for (var line : new String(bytes(Path.of(name)), StandardCharsets.UTF_8).split("\n")) {
            var text = line.stripLeading();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            var equals = text.indexOf('=');
            var value = equals < 0 ? env(text.strip()) : text.substring(equals + 1);
            if (value != null) {
                add(
                        equals < 0 ? text.strip() : text.substring(0, equals),
                        value.replace("\r", "").getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    private static @Nullable String env(String name) {
        return System.getenv(name);
    }

    /// Whether the bytes are text.
    static @Nullable String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException binary) {
            return null;
        }
    }

    /// `a=b` words as a map.
    static Map<String, String> pairs(List<String> words, String flag) {
        var pairs = new LinkedHashMap<String, String>();
        for (var list : words) {
            for (var word : list.split(",")) {
                var equals = word.indexOf('=');
                if (equals <= 0) {
                    throw new CliError("invalid " + flag + " '" + word + "'");
                }
                pairs.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return pairs;
    }
}
