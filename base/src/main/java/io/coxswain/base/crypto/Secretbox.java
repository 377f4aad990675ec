package io.coxswain.base.crypto;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import org.bouncycastle.crypto.engines.XSalsa20Engine;
import org.bouncycastle.crypto.macs.Poly1305;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/// NaCl's secretbox: XSalsa20 and Poly1305. A box is a tag of 16 bytes and the encrypted message.
public final class Secretbox {

    public static final int KEY_BYTES = 32;
    public static final int NONCE_BYTES = 24;
    private static final int TAG_BYTES = 16;

    private final byte[] key;

    public Secretbox(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has " + KEY_BYTES + " bytes");
        }
        this.key = key.clone();
    }

    public byte[] seal(byte[] message, byte[] nonce) {
        var cipher = cipher(nonce);
        var mac = mac(cipher);
        var box = new byte[TAG_BYTES + message.length];
        cipher.processBytes(message, 0, message.length, box, TAG_BYTES);
        mac.update(box, TAG_BYTES, message.length);
        mac.doFinal(box, 0);
        return box;
    }

    /// Throws when the box was not sealed with this key and nonce, or was changed since.
    public byte[] open(byte[] box, byte[] nonce) throws GeneralSecurityException {
        if (box.length < TAG_BYTES) {
            throw new AEADBadTagException("the box is too short");
        }
        var cipher = cipher(nonce);
        var mac = mac(cipher);
        var tag = new byte[TAG_BYTES];
        mac.update(box, TAG_BYTES, box.length - TAG_BYTES);
        mac.doFinal(tag, 0);
        if (!MessageDigest.isEqual(tag, Arrays.copyOf(box, TAG_BYTES))) {
            throw new AEADBadTagException("the tag does not match");
        }
        var message = new byte[box.length - TAG_BYTES];
        cipher.processBytes(box, TAG_BYTES, message.length, message, 0);
        return message;
    }

    private XSalsa20Engine cipher(byte[] nonce) {
        var cipher = new XSalsa20Engine();
        cipher.init(true, new ParametersWithIV(new KeyParameter(key), nonce));
        return cipher;
    }

    /// The first bytes of the key stream are the key of the tag.
    private static Poly1305 mac(XSalsa20Engine cipher) {
        var first = new byte[KEY_BYTES];
        cipher.processBytes(first, 0, first.length, first, 0);
        var mac = new Poly1305();
        mac.init(new KeyParameter(first));
        return mac;
    }
}
