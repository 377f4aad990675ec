package io.coxswain.controllers.bootstrap;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A JSON Web Signature without its content: `header..signature`, by HMAC-SHA256 with the second
/// half of a bootstrap token.
public final class DetachedSignature {

    private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

    private DetachedSignature() {}

    public static String sign(String content, String tokenId, String tokenSecret) {
        var header = encode("{\"alg\":\"HS256\",\"kid\":\"" + tokenId + "\"}");
        var signature = mac(header + "." + encode(content), tokenSecret);
        return header + ".." + URL.encodeToString(signature);
    }

    /// Whether `signature` is that of `content` by somebody who knows the token. The header must
    /// name the method and the token.
    public static boolean matches(
            String signature, String content, String tokenId, String tokenSecret) {
        return MessageDigest.isEqual(
                sign(content, tokenId, tokenSecret).getBytes(StandardCharsets.UTF_8),
                signature.getBytes(StandardCharsets.UTF_8));
    }

    private static String encode(String text) {
        return URL.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] mac(String text, String key) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
