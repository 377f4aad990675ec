package io.coxswain.apiserver.encryption;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals each value with a key of its own, derived from a seed and random bytes that stand before
/// the sealed value.
record SeedCipher(byte[] seed) {

    static final int SEED_BYTES = 32;
    private static final int INFO_BYTES = 32;
    private static final int KEY_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    SeedCipher {
        if (seed.length < SEED_BYTES) {
            throw new IllegalArgumentException(
                    "invalid seed length " + seed.length + " used for key generation");
        }
    }

    static SeedCipher random() {
        var seed = new byte[SEED_BYTES];
        RANDOM.nextBytes(seed);
        return new SeedCipher(seed);
    }

    byte[] seal(byte[] value, byte[] context) {
        var info = new byte[INFO_BYTES];
        RANDOM.nextBytes(info);
        try {
            var sealed = AesGcm.seal(key(info), value, context);
            var all = Arrays.copyOf(info, INFO_BYTES + sealed.length);
            System.arraycopy(sealed, 0, all, INFO_BYTES, sealed.length);
            return all;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException {
        if (sealed.length < INFO_BYTES) {
            throw new GeneralSecurityException(
                    "the stored data was shorter than the required size");
        }
        return AesGcm.open(
                key(Arrays.copyOf(sealed, INFO_BYTES)),
                Arrays.copyOfRange(sealed, INFO_BYTES, sealed.length),
                context);
    }

    private byte[] key(byte[] info) throws GeneralSecurityException {
        var parameters =
                HKDFParameterSpec.expandOnly(new SecretKeySpec(seed, "Generic"), info, KEY_BYTES);
        return KDF.getInstance("HKDF-SHA256").deriveData(parameters);
    }
}
