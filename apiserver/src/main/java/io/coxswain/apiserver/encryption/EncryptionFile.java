package io.coxswain.apiserver.encryption;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.Yaml;
import io.coxswain.apiserver.encryption.KmsPlugin.Unavailable;
import io.coxswain.apiserver.registry.StorageKeys;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.storage.Key;
import io.coxswain.storage.ValueTransformer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Encryption at rest as a file says: `--encryption-provider-config`. To be driven by loops, which
/// keep key services known and, if wanted, take over changes of the file without a restart.
public final class EncryptionFile implements ValueTransformer, Loop, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EncryptionFile.class);
    private static final Duration WELL = Duration.ofMinutes(1);
    private static final Duration UNWELL = Duration.ofSeconds(10);

    private final Path file;
    private final boolean reloads;
    private final KmsPlugin.Connector connector;
    private final Clock clock;
    private String text;
    private volatile EncryptionAtRest current;

    /// Reads the file and asks its key services. Throws [IllegalArgumentException] when it cannot
    /// be used.
    ///
    /// @param reloads whether changes of the file are taken over
    public EncryptionFile(Path file, boolean reloads, KmsPlugin.Connector connector, Clock clock) {
        this.file = file;
        this.reloads = reloads;
        this.connector = connector;
        this.clock = clock;
        this.text = text();
        this.current = read(text);
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "error opening encryption provider configuration file \"" + file + "\": " + e,
                    e);
        }
    }

    private EncryptionAtRest read(String content) {
        EncryptionAtRest read;
        try {
            var tree = Yaml.read(content) instanceof Json.Obj object ? object : Json.EMPTY;
            var rules = new EncryptionConfiguration(connector, clock).read(tree);
            read = new EncryptionAtRest(rules, StorageKeys::path);
        } catch (DecodeError | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "error decoding encryption provider configuration file \""
                            + file
                            + "\": "
                            + e.getMessage(),
                    e);
        }
        try {
            read.refresh();
            return read;
        } catch (Unavailable e) {
            read.close();
            throw new IllegalArgumentException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public Next runOnce() {
        var next = current.asks() ? WELL : Duration.ofDays(1);
        try {
            current.refresh();
        } catch (Unavailable e) {
            LOG.warn("a key service is not well: {}", e.getMessage());
            next = UNWELL;
        }
        if (reloads) {
            reload();
            next = next.compareTo(WELL) < 0 ? next : WELL;
        }
        return Next.in(clock, next);
    }

    /// Takes over what the file says now. What cannot be used is left alone.
    void reload() {
        try {
            var now = text();
            if (now.equals(text)) {
                return;
            }
            var next = read(now);
            var before = current;
            current = next;
            text = now;
            before.close();
            LOG.info("encryption at rest follows the changed {}", file);
        } catch (IllegalArgumentException e) {
            LOG.error("the changed encryption configuration is not used: {}", e.getMessage());
        }
    }

    @Override
    public byte[] toStorage(Key key, byte[] value) {
        return current.toStorage(key, value);
    }

    @Override
    public byte[] fromStorage(Key key, byte[] stored) {
        return current.fromStorage(key, stored);
    }

    @Override
    public String method(Key key) {
        return current.method(key);
    }

    @Override
    public String method(byte[] stored) {
        return current.method(stored);
    }

    @Override
    public void close() {
        current.close();
    }
}
