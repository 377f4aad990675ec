package io.coxswain.cluster.security;

import io.coxswain.api.json.Json;
import io.coxswain.apiserver.authentication.Jwt;
import io.coxswain.apiserver.authentication.Tokens;
import io.coxswain.base.tls.Pem;
import io.coxswain.cluster.Pki;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The keys of service accounts: the pair that signs, and others that may have signed.
record AccountKeys(KeyPair signing, List<PublicKey> others) {

    /// Throws [IllegalArgumentException].
    static AccountKeys of(List<String> files, String signingFile, Pki pki) {
        var known = new ArrayList<PublicKey>();
        for (var file : files) {
            var found = publicKeys(file);
            if (found.isEmpty()) {
                throw new IllegalArgumentException(
                        "--service-account-key-file " + file + ": no valid public key data found");
            }
            known.addAll(found);
        }
        if (signingFile.isEmpty()) {
            return new AccountKeys(pki.serviceAccountKeys(), List.copyOf(known));
        }
        var key = Pem.readPrivateKey(Path.of(signingFile));
        var candidates = new ArrayList<>(publicKeys(signingFile));
        candidates.addAll(known);
        return new AccountKeys(pair(key, candidates, signingFile), List.copyOf(known));
    }

    private static List<PublicKey> publicKeys(String file) {
        try {
            var text = Files.readString(Path.of(file));
            if (text.contains("PRIVATE KEY")) {
                var own = derived(Pem.privateKey(text));
                return own == null ? Pem.publicKeys(text) : List.of(own);
            }
            return Pem.publicKeys(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair pair(PrivateKey key, List<PublicKey> known, String file) {
        for (var candidate : known) {
            if (belongs(candidate, key)) {
                return new KeyPair(candidate, key);
            }
        }
        throw new IllegalArgumentException(
                "--service-account-signing-key-file "
                        + file
                        + ": its public key is in no --service-account-key-file");
    }

    /// The public part of a private key, where that can be told.
    private static @Nullable PublicKey derived(PrivateKey key) {
        if (!(key instanceof RSAPrivateCrtKey rsa)) {
            return null;
        }
        try {
            return KeyFactory.getInstance("RSA")
                    .generatePublic(
                            new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /// Whether what one signs the other knows.
    private static boolean belongs(PublicKey candidate, PrivateKey key) {
        try {
            var token = new Tokens(new KeyPair(candidate, key)).sign(Json.EMPTY);
            var parsed = Jwt.parse(token);
            return parsed != null && parsed.signedBy(candidate);
        } catch (IllegalStateException | IllegalArgumentException other) {
            return false; // Of another sort.
        }
    }
}
