package io.coxswain.base.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys come back as they were written, in both forms.
class PemTest {

    @RepeatedTest(20)
    void aKeyOfOursIsReadBackAndByOthers() throws Exception {
        var pair = CertificateAuthority.keyPair();

        var text = Pem.encode(pair.getPrivate(), pair.getPublic());

        assertThat(text).startsWith("-----BEGIN EC PRIVATE KEY-----\n");
        assertThat(((ECPrivateKey) Pem.privateKey(text)).getS())
                .isEqualTo(((ECPrivateKey) pair.getPrivate()).getS());
        try (var parser = new PEMParser(new StringReader(text))) {
            var theirs = (PEMKeyPair) parser.readObject();
            assertThat(theirs.getPublicKeyInfo().getEncoded())
                    .isEqualTo(pair.getPublic().getEncoded());
        }
        assertThat(Pem.publicKeys(text)).containsExactly(pair.getPublic());
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp384r1", "secp521r1"})
    void aKeyOnAnotherCurveIsWrittenAsItIs(String curve) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        var pair = generator.generateKeyPair();

        var text = Pem.encode(pair.getPrivate(), pair.getPublic());

        assertThat(text).startsWith("-----BEGIN PRIVATE KEY-----\n");
        assertThat(Pem.privateKey(text)).isEqualTo(pair.getPrivate());
    }

    @Test
    void anRsaKeyIsWrittenAsItIs() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        var pair = generator.generateKeyPair();

        var text = Pem.encode(pair.getPrivate(), pair.getPublic());

        assertThat(Pem.privateKey(text)).isEqualTo(pair.getPrivate());
    }
}
