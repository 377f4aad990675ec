package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.apiserver.TlsBackend.Asked;
import io.coxswain.apiserver.TlsBackend.Reply;
import io.coxswain.apiserver.authentication.JwtAlgorithm;
import io.coxswain.apiserver.authentication.TokenAuthenticator;
import io.coxswain.apiserver.authentication.TokenAuthenticator.Accepted;
import io.coxswain.apiserver.authentication.TokenAuthenticator.Refused;
import io.coxswain.apiserver.authentication.TokenAuthenticator.Unknown;
import io.coxswain.apiserver.authentication.jwt.AuthenticationConfiguration;
import io.coxswain.apiserver.authentication.jwt.StructuredTokens;
import io.coxswain.base.ManualClock;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.Pem;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tokens of identity providers; the provider is a server of this test, on the loopback interface.
class ProviderTokensTest {

    private static final KeyPair RSA = rsa();
    private static final KeyPair EC = CertificateAuthority.keyPair();

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final List<Json> keys = new ArrayList<>();
    private boolean down;
    private String claimed = "";
    private final TlsBackend provider = new TlsBackend(this::answer);

    @AfterEach
    void close() {
        provider.close();
    }

    private Reply answer(Asked asked) {
        if (down) {
            return Reply.text(503, "later");
        }
        if (asked.path().equals("/keys")) {
            return Reply.json(Json.object(Map.of("keys", Json.array(keys))));
        }
        var issuer = claimed.isEmpty() ? provider.url("") : claimed;
        return Reply.json("{issuer: '" + issuer + "', jwks_uri: '" + provider.url("/keys") + "'}");
    }

    private static KeyPair rsa() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String number(BigInteger value) {
        var bytes = value.toByteArray();
        var from = bytes[0] == 0 ? 1 : 0;
        return encode(java.util.Arrays.copyOfRange(bytes, from, bytes.length));
    }

    private static String encode(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private void publish(String id, KeyPair pair) {
        keys.add(
                switch (pair.getPublic()) {
                    case RSAPublicKey key ->
                            Yaml.read(
                                    "{kty: RSA, use: sig, kid: "
                                            + id
                                            + ", 'n': '"
                                            + number(key.getModulus())
                                            + "', e: '"
                                            + number(key.getPublicExponent())
                                            + "'}");
                    case ECPublicKey key ->
                            Yaml.read(
                                    "{kty: EC, crv: P-256, kid: "
                                            + id
                                            + ", x: '"
                                            + number(key.getW().getAffineX())
                                            + "', 'y': '"
                                            + number(key.getW().getAffineY())
                                            + "'}");
                    default -> throw new AssertionError();
                });
    }

    private String token(String algorithm, String id, KeyPair pair, String claims) {
        try {
            var all =
                    ((Json.Obj) Yaml.read(claims))
                            .with("iss", Json.of(provider.url("")))
                            .with("exp", Json.of(clock.now().getEpochSecond() + 600));
            var head = "{\"alg\":\"" + algorithm + "\",\"kid\":\"" + id + "\"}";
            var content =
                    encode(head.getBytes(StandardCharsets.UTF_8))
                            + "."
                            + encode(JsonWriter.write(all));
            var signature =
                    switch (algorithm) {
                        case "PS256" -> {
                            var pss = Signature.getInstance("RSASSA-PSS");
                            pss.setParameter(
                                    new PSSParameterSpec(
                                            "SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
                            yield pss;
                        }
                        case "ES256" -> Signature.getInstance("SHA256withECDSAinP1363Format");
                        default -> Signature.getInstance("SHA256withRSA");
                    };
            signature.initSign(pair.getPrivate());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + encode(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private String configuration(String more) {
        var authority = Pem.encode(List.of(TlsBackend.AUTHORITY.certificate()));
        return """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthenticationConfiguration
        jwt:
        - issuer:
            url: %s
            audiences: [here]
            certificateAuthority: |
              %s
        %s
        """
                .formatted(
                        provider.url(""),
                        authority.strip().replace("\n", "\n      "),
                        more.indent(2).stripTrailing());
    }

    private StructuredTokens tokens(String more) {
        var read = AuthenticationConfiguration.parse(configuration(more));
        return new StructuredTokens(() -> read, Set.of(), clock);
    }

    private static final String PLAIN =
            """
            claimMappings:
              username: {claim: sub, prefix: "p:"}
              groups: {claim: roles, prefix: "g:"}
            """;

    private static User user(TokenAuthenticator tokens, String token) {
        var verdict = tokens.verify(token, List.of("here"));
        assertThat(verdict).isInstanceOf(Accepted.class);
        return ((Accepted) verdict).user();
    }

    private static String refusal(TokenAuthenticator tokens, String token) {
        var verdict = tokens.verify(token, List.of("here"));
        assertThat(verdict).isInstanceOf(Refused.class);
        return ((Refused) verdict).why();
    }

    @Test
    void aTokenOfEachSortOfKeyNamesItsUser() {
        publish("r", RSA);
        publish("e", EC);
        var tokens = tokens(PLAIN);
        var claims = "{sub: ada, aud: [here, there], roles: [dev, ops]}";

        assertThat(user(tokens, token("RS256", "r", RSA, claims)).name()).isEqualTo("p:ada");
        assertThat(user(tokens, token("PS256", "r", RSA, claims)).groups())
                .containsExactly("g:dev", "g:ops");
        assertThat(user(tokens, token("ES256", "e", EC, claims)).name()).isEqualTo("p:ada");
        assertThat(provider.asked).hasSize(2);
    }

    @Test
    void aTokenThatIsWrongIsRefused() {
        publish("r", RSA);
        var tokens = tokens(PLAIN);
        var ended = token("RS256", "r", RSA, "{sub: ada, aud: here}");

        assertThat(refusal(tokens, token("RS256", "r", RSA, "{sub: ada, aud: there}")))
                .contains("expected audience");
        assertThat(refusal(tokens, token("RS256", "r", rsa(), "{sub: ada, aud: here}")))
                .contains("failed to verify");
        assertThat(refusal(tokens, token("ES256", "r", EC, "{sub: ada, aud: here}")))
                .contains("failed to verify");
        assertThat(refusal(tokens, token("HS256", "r", RSA, "{sub: ada, aud: here}")))
                .contains("unsupported algorithm");
        assertThat(refusal(tokens, token("none", "r", RSA, "{sub: ada, aud: here}")))
                .contains("unsupported algorithm");
        assertThat(refusal(tokens, token("RS256", "r", RSA, "{aud: here}"))).contains("username");
        assertThat(
                        refusal(
                                tokens,
                                token("RS256", "r", RSA, "{sub: ada, aud: here, nbf: 1900000000}")))
                .contains("nbf");
        clock.advance(Duration.ofMinutes(11));
        assertThat(refusal(tokens, ended)).contains("token is expired");
        assertThat(tokens.verify("x.y.z", List.of())).isInstanceOf(Unknown.class);
    }

    @Test
    void aNewKeyIsFoundAndAnIssuerThatIsDownIsNotAskedByEverybody() {
        publish("a", RSA);
        var tokens = tokens(PLAIN);
        var claims = "{sub: ada, aud: here}";
        user(tokens, token("RS256", "a", RSA, claims));
        publish("b", EC);
        var unknown = token("ES256", "b", EC, claims);

        assertThat(refusal(tokens, unknown)).contains("failed to verify");
        assertThat(provider.asked).hasSize(2);
        clock.advance(Duration.ofSeconds(11));
        assertThat(user(tokens, unknown).name()).isEqualTo("p:ada");
        down = true;
        clock.advance(Duration.ofSeconds(11));
        refusal(tokens, token("ES256", "c", EC, claims));
        var asked = provider.asked.size();
        refusal(tokens, token("ES256", "d", EC, claims));
        assertThat(provider.asked).hasSize(asked);
        assertThat(user(tokens, token("RS256", "a", RSA, claims)).name()).isEqualTo("p:ada");
    }

    @Test
    void withoutKeysNobodyIsLetIn() {
        down = true;
        var tokens = tokens(PLAIN);

        assertThat(refusal(tokens, token("RS256", "a", RSA, "{sub: ada, aud: here}")))
                .isEqualTo("oidc: authenticator not initialized");
    }

    @Test
    void aProviderThatSaysItIsAnotherIsNotBelieved() {
        publish("a", RSA);
        claimed = "https://evil.example";

        assertThat(refusal(tokens(PLAIN), token("RS256", "a", RSA, "{sub: ada, aud: here}")))
                .isEqualTo("oidc: authenticator not initialized");
    }

    @Test
    void expressionsMakeTheUserAndRulesJudgeIt() {
        publish("a", RSA);
        var tokens =
                tokens(
                        """
                        claimValidationRules:
                        - {claim: hd, requiredValue: acme}
                        - {expression: 'claims.level >= 2', message: too low}
                        claimMappings:
                          username: {expression: 'claims.sub + "@" + claims.hd'}
                          groups: {expression: 'claims.roles.filter(r, r != "all")'}
                          uid: {claim: id}
                          extra:
                          - {key: acme.io/team, valueExpression: claims.team}
                        userValidationRules:
                        - {expression: '!user.username.startsWith("system:")', message: reserved}
                        """);
        var good = "{sub: ada, hd: acme, level: 3, roles: [dev, all], id: '7', team: x, aud: here}";

        var user = user(tokens, token("RS256", "a", RSA, good));

        assertThat(user.name()).isEqualTo("ada@acme");
        assertThat(user.uid()).isEqualTo("7");
        assertThat(user.groups()).containsExactly("dev");
        assertThat(user.extra()).containsEntry("acme.io/team", List.of("x"));
        assertThat(refusal(tokens, token("RS256", "a", RSA, good.replace("hd: acme", "hd: b"))))
                .contains("required claim hd value does not match");
        assertThat(refusal(tokens, token("RS256", "a", RSA, good.replace("3", "1"))))
                .contains("too low");
        assertThat(refusal(tokens, token("RS256", "a", RSA, good.replace("ada", "'system:x'"))))
                .contains("reserved");
        assertThat(refusal(tokens, token("RS256", "a", RSA, good.replace("level: 3, ", ""))))
                .contains("no such key: level");
    }

    @Test
    void anAddressThatNobodyVerifiedIsNoName() {
        publish("a", RSA);
        var tokens = tokens("claimMappings: {username: {claim: email, prefix: ''}}");

        assertThat(
                        refusal(
                                tokens,
                                token(
                                        "RS256",
                                        "a",
                                        RSA,
                                        "{email: a@b, email_verified: false, aud: here}")))
                .contains("email not verified");
        assertThat(user(tokens, token("RS256", "a", RSA, "{email: a@b, aud: here}")).name())
                .isEqualTo("a@b");
    }

    @Test
    void theServerTakesThemAndAStrangerMayAskWhereTheFileSays() {
        publish("a", RSA);
        var read =
                AuthenticationConfiguration.parse(
                        configuration(PLAIN)
                                + "anonymous: {enabled: true, conditions: [{path: /livez}]}\n");
        var structured = new StructuredTokens(() -> read, Set.of(JwtAlgorithm.RS256), clock);
        var standard = Security.STANDARD;
        try (var server =
                new TestServer(
                        false,
                        configuration ->
                                configuration.withSecurity(
                                        new Security(
                                                null,
                                                new Security.Identification(
                                                        List::of,
                                                        List::of,
                                                        standard.identification().proxySettings(),
                                                        structured,
                                                        null),
                                                standard.serviceAccounts(),
                                                standard.authorization(),
                                                List.of())))) {
            var self =
                    server.bearer(token("RS256", "a", RSA, "{sub: ada, aud: here, roles: dev}"))
                            .post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
            assertThat(self.at("status", "userInfo", "username")).isEqualTo("p:ada");
            assertThat(self.at("status", "userInfo", "groups", "0")).isEqualTo("g:dev");
            assertThat(server.stranger().get("/livez").status()).isEqualTo(200);
            assertThat(server.stranger().get("/version").status()).isEqualTo(401);
        }
    }

    private void refuses(String more, String why) {
        assertThatThrownBy(() -> AuthenticationConfiguration.parse(configuration(more)))
                .hasMessageContaining(why);
    }

    @Test
    void aConfigurationThatIsWrongIsRefused() {
        refuses("", "jwt[0].claimMappings.username: Required value");
        refuses("claimMappings: {username: {claim: sub}}", "username.prefix: Required value");
        refuses(
                "claimMappings: {username: {claim: sub, expression: x, prefix: ''}}",
                "claim and expression can't both be set");
        refuses("claimMappings: {username: {expression: 'claims.'}}", "compilation failed");
        refuses("claimMappings: {username: {expression: 'claims.email'}}", "email_verified");
        refuses(
                PLAIN + "  extra: [{key: kubernetes.io/x, valueExpression: 'claims.a'}]\n",
                "reserved for Kubernetes use");
        refuses(PLAIN + "  extra: [{key: x, valueExpression: 'claims.a'}]\n", "domain-prefixed");
        refuses(PLAIN + "claimValidationRules: [{}]\n", "claim or expression is required");
        refuses(
                PLAIN + "userValidationRules: [{expression: 'user.name == 1'}]\n",
                "undefined field");
        refuses(PLAIN + "rules: []\n", "unknown field");
    }
}
