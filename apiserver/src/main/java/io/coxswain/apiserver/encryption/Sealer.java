package io.coxswain.apiserver.encryption;

import java.security.GeneralSecurityException;

/// One key, or one service that has keys: seals values and opens those it has sealed.
interface Sealer extends AutoCloseable {

    /// What its values begin with: `k8s:enc:aesgcm:v1:key1:`. Empty for values as they are.
    String prefix();

    /// @param context where the value is kept; it opens only there
    byte[] seal(byte[] value, byte[] context);

    byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException;

    /// How a value is sealed now.
    default String method() {
        return prefix();
    }

    /// How a value was sealed.
    default String method(byte[] sealed) {
        return prefix();
    }

    @Override
    default void close() {}
}
