package io.coxswain.base.tls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/// Keys on the curve P-256 as `EC PRIVATE KEY` (SEC 1, RFC 5915), the form that clients which know
/// no PKCS#8 for such keys read. Without a library: the command line reads one at every start.
///
/// ```
/// 30 77  02 01 01  04 20 <secret>  A0 0A <curve>  A1 44  03 42 00 04 <x> <y>
/// ```
final class Sec1 {

    static final String TYPE = "EC PRIVATE KEY";

    private static final int BYTES = 32;
    private static final byte[] CURVE = HexFormat.of().parseHex("06082a8648ce3d030107");
    private static final byte[] START = HexFormat.of().parseHex("30770201010420");
    private static final byte[] BEFORE_POINT = HexFormat.of().parseHex("a14403420004");

    /// What PKCS#8 puts before such a key of 121 bytes.
    private static final byte[] PKCS8 =
            HexFormat.of().parseHex("308193020100301306072a8648ce3d020106082a8648ce3d0301070479");

    private static final int LENGTH = 121;

    private Sec1() {}

    static byte[] encode(ECPrivateKey key, ECPublicKey point) {
        var bytes = new ByteArrayOutputStream(LENGTH);
        bytes.writeBytes(START);
        bytes.writeBytes(fixed(key.getS()));
        bytes.writeBytes(new byte[] {(byte) 0xa0, (byte) CURVE.length});
        bytes.writeBytes(CURVE);
        bytes.writeBytes(BEFORE_POINT);
        bytes.writeBytes(fixed(point.getW().getAffineX()));
        bytes.writeBytes(fixed(point.getW().getAffineY()));
        return bytes.toByteArray();
    }

    static boolean fits(ECPrivateKey key) {
        return key.getParams().getOrder().bitLength() == BYTES * Byte.SIZE
                && key.getParams().toString().contains("secp256r1");
    }

    /// The same key in PKCS#8; null when it is not one that [#encode] makes.
    static byte @Nullable [] pkcs8(byte[] der) {
        var curve = START.length + BYTES + 2;
        if (der.length != LENGTH
                || !Arrays.equals(der, 0, START.length, START, 0, START.length)
                || !Arrays.equals(der, curve, curve + CURVE.length, CURVE, 0, CURVE.length)) {
            return null;
        }
        var whole = Arrays.copyOf(PKCS8, PKCS8.length + LENGTH);
        System.arraycopy(der, 0, whole, PKCS8.length, LENGTH);
        return whole;
    }

    /// The number in exactly as many bytes as the curve has.
    private static byte[] fixed(BigInteger number) {
        var bytes = number.toByteArray();
        var fixed = new byte[BYTES];
        var length = Math.min(bytes.length, BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, BYTES - length, length);
        return fixed;
    }
}
