package io.coxswain.apiserver.encryption;

import java.time.Duration;
import java.util.Map;

/// Another process that has the keys (KMS v2): it seals the seeds that values are sealed with.
public interface KmsPlugin extends AutoCloseable {

    /// @param healthz `ok`, or what is wrong
    record Health(String version, String healthz, String keyId) {}

    /// A sealed seed.
    record Sealed(byte[] ciphertext, String keyId, Map<String, byte[]> annotations) {}

    /// Throws [Unavailable], as the others do.
    Health status();

    /// @param uid names the call in both processes' logs
    Sealed encrypt(String uid, byte[] plaintext);

    byte[] decrypt(String uid, Sealed sealed);

    @Override
    default void close() {}

    /// The service does not answer, or refuses.
    final class Unavailable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public Unavailable(String message) {
            super(message);
        }
    }

    /// Reaches services.
    @FunctionalInterface
    interface Connector {

        /// @param socket the path of a Unix socket
        KmsPlugin connect(String socket, Duration timeout);
    }
}
