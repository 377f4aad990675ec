package io.coxswain.apiserver.encryption;

import io.coxswain.apiserver.encryption.KmsPlugin.Sealed;
import io.coxswain.apiserver.encryption.KmsPlugin.Unavailable;
import io.coxswain.base.Clock;
import io.coxswain.storage.StoreException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// `kms`, version 2: values are sealed with a seed that a key service has sealed. The seed is kept
/// in memory, so the service is asked when this server starts, when its key changes, and once a
/// minute how it is; a value does not wait for it.
final class KmsSealer implements Sealer {

    /// How long values are written while the service cannot be asked; they are read without end.
    private static final Duration WRITES_WITHOUT_ANSWER = Duration.ofMinutes(3);

    private static final int SEED = 1;
    private static final int SEEDS_MAX = 1_000;

    private record State(SeedCipher cipher, Sealed sealed, Instant expires) {}

    private final String name;
    private final KmsPlugin service;
    private final Clock clock;
    private final Map<ByteBuffer, SeedCipher> seeds = new LinkedHashMap<>(16, 0.75f, true);
    private volatile @Nullable State state;

    KmsSealer(String name, KmsPlugin service, Clock clock) {
        this.name = name;
        this.service = service;
        this.clock = clock;
    }

    @Override
    public String prefix() {
        return "k8s:enc:kms:v2:" + name + ":";
    }

    @Override
    public String method() {
        var current = state;
        return current == null ? prefix() : prefix() + current.sealed.keyId();
    }

    @Override
    public String method(byte[] sealed) {
        try {
            return prefix() + Wire.read(sealed).text(2);
        } catch (IllegalArgumentException e) {
            return prefix();
        }
    }

    /// Asks the service how it is, and for a new seed when its key has changed.
    synchronized void refresh() {
        var health = service.status();
        if (!health.healthz().equals("ok")) {
            throw new Unavailable(
                    "got unexpected healthz status: "
                            + health.healthz()
                            + " of kms-provider "
                            + name);
        }
        if (!health.version().equals("v2") && !health.version().equals("v2beta1")) {
            throw new Unavailable(
                    "expected KMSv2 API version v2, got "
                            + health.version()
                            + " of kms-provider "
                            + name);
        }
        var expires = clock.now().plus(WRITES_WITHOUT_ANSWER);
        var current = state;
        if (current != null && current.sealed.keyId().equals(health.keyId())) {
            state = new State(current.cipher, current.sealed, expires);
            return;
        }
        var cipher = SeedCipher.random();
        var sealed = service.encrypt(UUID.randomUUID().toString(), cipher.seed());
        remember(sealed, cipher);
        state = new State(cipher, sealed, expires);
    }

    @Override
    public byte[] seal(byte[] value, byte[] context) {
        var current = current();
        return new Wire.Writer()
                .bytes(1, current.cipher.seal(value, context))
                .text(2, current.sealed.keyId())
                .bytes(3, current.sealed.ciphertext())
                .map(4, current.sealed.annotations())
                .number(5, SEED)
                .done();
    }

    private State current() {
        var known = state;
        if (known != null && clock.now().isBefore(known.expires)) {
            return known;
        }
        try {
            refresh();
        } catch (Unavailable e) {
            throw new StoreException("failed to encrypt DEK, error: " + e.getMessage());
        }
        var fresh = state;
        if (fresh == null) {
            throw new StoreException("got unexpected nil transformer");
        }
        return fresh;
    }

    @Override
    public byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException {
        Wire object;
        try {
            object = Wire.read(sealed);
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException("failed to unmarshal encrypted object", e);
        }
        var seed = new Sealed(object.bytes(3), object.text(2), object.map(4));
        if (object.number(5) == SEED) {
            return seed(seed).open(object.bytes(1), context);
        }
        return AesGcm.open(seed(seed).seed(), object.bytes(1), context);
    }

    private SeedCipher seed(Sealed sealed) throws GeneralSecurityException {
        var known = remembered(sealed);
        if (known != null) {
            return known;
        }
        try {
            var cipher = new SeedCipher(service.decrypt(UUID.randomUUID().toString(), sealed));
            remember(sealed, cipher);
            return cipher;
        } catch (Unavailable | IllegalArgumentException e) {
            throw new GeneralSecurityException(
                    "failed to decrypt DEK, error: " + e.getMessage(), e);
        }
    }

    private @Nullable SeedCipher remembered(Sealed sealed) {
        synchronized (seeds) {
            return seeds.get(ByteBuffer.wrap(sealed.ciphertext()));
        }
    }

    private void remember(Sealed sealed, SeedCipher cipher) {
        synchronized (seeds) {
            seeds.put(ByteBuffer.wrap(sealed.ciphertext()), cipher);
            var oldest = seeds.keySet().iterator();
            while (seeds.size() > SEEDS_MAX && oldest.hasNext()) {
                oldest.next();
                oldest.remove();
            }
        }
    }

    @Override
    public void close() {
        service.close();
    }
}
