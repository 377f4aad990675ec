package io.coxswain.apiserver.encryption;

import io.coxswain.base.crypto.Secretbox;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.BadPaddingException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// The ways of sealing with a key that stands in the configuration. What they are called when they
/// are printed does not contain the key.
final class KeySealers {

    private static final SecureRandom RANDOM = new SecureRandom();

    private KeySealers() {}

    /// `aesgcm`.
    static final class Gcm implements Sealer {
        private final String prefix;
        private final byte[] key;

        Gcm(String name, byte[] key) {
            this.prefix = "k8s:enc:aesgcm:v1:" + name + ":";
            this.key = key;
        }

        @Override
        public String prefix() {
            return prefix;
        }

        @Override
        public byte[] seal(byte[] value, byte[] context) {
            return AesGcm.seal(key, value, context);
        }

        @Override
        public byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException {
            return AesGcm.open(key, sealed, context);
        }
    }

    /// `aescbc`: a random vector, then the padded value. Nothing binds it to its place.
    static final class Cbc implements Sealer {
        private static final int BLOCK_BYTES = 16;
        private final String prefix;
        private final byte[] key;

        Cbc(String name, byte[] key) {
            this.prefix = "k8s:enc:aescbc:v1:" + name + ":";
            this.key = key;
        }

        @Override
        public String prefix() {
            return prefix;
        }

        @Override
        public byte[] seal(byte[] value, byte[] context) {
            var vector = random(BLOCK_BYTES);
            try {
                return joined(vector, cipher(Cipher.ENCRYPT_MODE, vector).doFinal(value));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException {
            if (sealed.length < BLOCK_BYTES) {
                throw new GeneralSecurityException(
                        "the stored data was shorter than the required size");
            }
            if (sealed.length % BLOCK_BYTES != 0) {
                throw new GeneralSecurityException(
                        "the stored data is not a multiple of the block size");
            }
            try {
                return cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, BLOCK_BYTES))
                        .doFinal(sealed, BLOCK_BYTES, sealed.length - BLOCK_BYTES);
            } catch (BadPaddingException e) {
                throw new GeneralSecurityException("invalid padding on input", e);
            }
        }

        private Cipher cipher(int mode, byte[] vector) throws GeneralSecurityException {
            var cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(vector));
            return cipher;
        }
    }

    /// `secretbox`: a random nonce, then the box.
    static final class Box implements Sealer {
        private final String prefix;
        private final Secretbox box;

        Box(String name, byte[] key) {
            this.prefix = "k8s:enc:secretbox:v1:" + name + ":";
            this.box = new Secretbox(key);
        }

        @Override
        public String prefix() {
            return prefix;
        }

        @Override
        public byte[] seal(byte[] value, byte[] context) {
            var nonce = random(Secretbox.NONCE_BYTES);
            return joined(nonce, box.seal(value, nonce));
        }

        @Override
        public byte[] open(byte[] sealed, byte[] context) throws GeneralSecurityException {
            if (sealed.length < Secretbox.NONCE_BYTES) {
                throw new GeneralSecurityException(
                        "the stored data was shorter than the required size");
            }
            var rest = Arrays.copyOfRange(sealed, Secretbox.NONCE_BYTES, sealed.length);
            try {
                return box.open(rest, Arrays.copyOf(sealed, Secretbox.NONCE_BYTES));
            } catch (GeneralSecurityException e) {
                throw new GeneralSecurityException(
                        "output array was not large enough for encryption", e);
            }
        }
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private static byte[] joined(byte[] start, byte[] rest) {
        var all = Arrays.copyOf(start, start.length + rest.length);
        System.arraycopy(rest, 0, all, start.length, rest.length);
        return all;
    }
}
