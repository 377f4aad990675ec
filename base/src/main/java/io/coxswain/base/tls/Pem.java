package io.coxswain.base.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;

/// Keys and certificates as PEM text. What cannot be read throws [IllegalArgumentException] with a
/// message that never contains the text itself.
public final class Pem {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \\1-----");
    private static final List<String> KEY_ALGORITHMS = List.of("EC", "RSA", "EdDSA");
    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Pem() {}

    /// One `BEGIN`…`END` section.
    record Block(String type, byte[] der) {}

    public static String encode(List<X509Certificate> certificates) {
        try {
            var text = new StringBuilder();
            for (var certificate : certificates) {
                text.append(block("CERTIFICATE", certificate.getEncoded()));
            }
            return text.toString();
        } catch (CertificateException e) {
            throw new IllegalArgumentException("certificate cannot be encoded", e);
        }
    }

    /// The key as `PRIVATE KEY` (PKCS#8).
    public static String encode(PrivateKey key) {
        return block("PRIVATE KEY", key.getEncoded());
    }

    /// The key of a pair in the form that every client of Kubernetes reads: `EC PRIVATE KEY` for
    /// the curve that we use, `PRIVATE KEY` for other keys.
    public static String encode(PrivateKey key, PublicKey published) {
        return key instanceof ECPrivateKey own
                        && published instanceof ECPublicKey point
                        && Sec1.fits(own)
                ? block(Sec1.TYPE, Sec1.encode(own, point))
                : encode(key);
    }

    /// The key as `PUBLIC KEY`.
    public static String encode(PublicKey key) {
        return block("PUBLIC KEY", key.getEncoded());
    }

    /// Any section: `-----BEGIN type-----`, the bytes in base 64, the end.
    public static String block(String type, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(type, LINES.encodeToString(der), type);
    }

    /// The bytes of the first section called `type`.
    public static byte[] decode(String text, String type) {
        return blocks(text).stream()
                .filter(block -> block.type().equals(type))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no PEM block " + type))
                .der();
    }

    /// All certificates in the text, in order; at least one.
    public static List<X509Certificate> certificates(String text) {
        var found = new ArrayList<X509Certificate>();
        for (var block : blocks(text)) {
            if (block.type().equals("CERTIFICATE")) {
                found.add(certificate(block.der()));
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no PEM block CERTIFICATE");
        }
        return List.copyOf(found);
    }

    public static X509Certificate certificate(byte[] der) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("malformed certificate", e);
        }
    }

    /// The first private key: PKCS#8, or the older `EC PRIVATE KEY` and `RSA PRIVATE KEY`.
    public static PrivateKey privateKey(String text) {
        for (var block : blocks(text)) {
            switch (block.type()) {
                case "PRIVATE KEY" -> {
                    return pkcs8(block.der());
                }
                case "EC PRIVATE KEY", "RSA PRIVATE KEY" -> {
                    return olderKey(block);
                }
                default -> {}
            }
        }
        throw new IllegalArgumentException("no PEM block PRIVATE KEY");
    }

    /// Every public key in the text: `PUBLIC KEY`, or the key of a certificate or private key.
    public static List<PublicKey> publicKeys(String text) {
        var found = new ArrayList<PublicKey>();
        for (var block : blocks(text)) {
            switch (block.type()) {
                case "PUBLIC KEY" -> found.add(publicKey(block.der()));
                case "CERTIFICATE" -> found.add(certificate(block.der()).getPublicKey());
                case "EC PRIVATE KEY", "RSA PRIVATE KEY" -> found.add(olderPublicKey(block));
                default -> {}
            }
        }
        return List.copyOf(found);
    }

    public static List<X509Certificate> readCertificates(Path file) {
        return certificates(read(file));
    }

    public static PrivateKey readPrivateKey(Path file) {
        return privateKey(read(file));
    }

    public static void write(Path file, String text) {
        replace(file, text, "rw-r--r--");
    }

    /// Writes a file that only its owner can read, at no moment otherwise.
    public static void writeSecret(Path file, String text) {
        replace(file, text, "rw-------");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Readers see the old file or the whole new one.
    private static void replace(Path file, String text, String permissions) {
        var mode = PosixFilePermissions.fromString(permissions);
        try {
            var directory = file.toAbsolutePath().getParent();
            Files.createDirectories(directory);
            var draft =
                    Files.createTempFile(
                            directory,
                            "." + file.getFileName(),
                            ".draft",
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------")));
            Files.writeString(draft, text);
            Files.setPosixFilePermissions(draft, mode);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Block> blocks(String text) {
        var found = new ArrayList<Block>();
        var matcher = BLOCK.matcher(text);
        while (matcher.find()) {
            try {
                found.add(
                        new Block(
                                matcher.group(1),
                                Base64.getMimeDecoder().decode(matcher.group(2))));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("malformed PEM block " + matcher.group(1), e);
            }
        }
        return found;
    }

    private static PrivateKey pkcs8(byte[] der) {
        for (var algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePrivate(new PKCS8EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // Perhaps a key of the next algorithm.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalArgumentException("malformed private key");
    }

    /// A key from its `SubjectPublicKeyInfo`.
    public static PublicKey publicKey(byte[] der) {
        for (var algorithm : KEY_ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm)
                        .generatePublic(new X509EncodedKeySpec(der));
            } catch (InvalidKeySpecException e) {
                // Perhaps a key of the next algorithm.
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalArgumentException("malformed public key");
    }

    private static PrivateKey olderKey(Block block) {
        var common = block.type().equals(Sec1.TYPE) ? Sec1.pkcs8(block.der()) : null;
        if (common != null) {
            return pkcs8(common);
        }
        try {
            return pkcs8(olderPair(block).getPrivateKeyInfo().getEncoded());
        } catch (IOException e) {
            throw new IllegalArgumentException("malformed " + block.type(), e);
        }
    }

    private static PublicKey olderPublicKey(Block block) {
        var info = olderPair(block).getPublicKeyInfo();
        if (info == null) {
            throw new IllegalArgumentException(block.type() + " without its public key");
        }
        try {
            return publicKey(info.getEncoded());
        } catch (IOException e) {
            throw new IllegalArgumentException("malformed " + block.type(), e);
        }
    }

    private static PEMKeyPair olderPair(Block block) {
        try (var parser = new PEMParser(new StringReader(block(block.type(), block.der())))) {
            if (parser.readObject() instanceof PEMKeyPair pair) {
                return pair;
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("malformed " + block.type(), e);
        }
        throw new IllegalArgumentException("malformed " + block.type());
    }
}
