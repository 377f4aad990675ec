package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.authentication.LegacyTokens;
import io.coxswain.apiserver.authentication.TokenLifetimes;
import io.coxswain.apiserver.authentication.Tokens;
import io.coxswain.base.tls.CertificateAuthority;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Tokens of service accounts that are wrong, and changes of the keys that sign them.
class TokenSecurityTest {

    private static final String ISSUER = "https://kubernetes.default.svc";
    private static final String ACCOUNTS = "/api/v1/namespaces/default/serviceaccounts";
    private static final String SECRETS = "/api/v1/namespaces/default/secrets";
    private static final String REVIEWS = "/apis/authentication.k8s.io/v1/tokenreviews";
    private static final KeyPair KEYS = CertificateAuthority.keyPair();
    private static final KeyPair OLD = rsa();

    private final Tokens signer = new Tokens(KEYS);
    private static final long SECONDS_MAX = 7200;
    private final TestServer server = new TestServer(false, TokenSecurityTest::configured);

    private static ApiServerConfiguration configured(ApiServerConfiguration plain) {
        return new ApiServerConfiguration(
                        plain.advertiseAddress(),
                        plain.port(),
                        plain.serviceCidr(),
                        plain.anonymous(),
                        plain.tokens(),
                        KEYS,
                        ISSUER)
                .withSecurity(
                        new Security(
                                null,
                                Security.STANDARD.identification(),
                                new Security.ServiceAccounts(
                                        List.of("https://before"),
                                        List.of(),
                                        List.of(OLD.getPublic()),
                                        "",
                                        new TokenLifetimes(SECONDS_MAX, true)),
                                Security.STANDARD.authorization(),
                                List.of()));
    }

    private static KeyPair rsa() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    private String issued() {
        return server.admin().post(ACCOUNTS + "/default/token", "{}").at("status", "token");
    }

    private Json.Obj claims(String token) {
        return JsonReader.readObject(Base64.getUrlDecoder().decode(token.split("\\.")[1]));
    }

    private int status(String token) {
        return server.bearer(token).get("/api").status();
    }

    private String error(String token) {
        return server.admin()
                .post(REVIEWS, "{spec: {token: \"" + token + "\"}}")
                .at("status", "error");
    }

    private static String part(String json) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whatTheServerSignedIsGood() {
        assertThat(status(issued())).isEqualTo(200);
        assertThat(status(signer.sign(claims(issued())))).isEqualTo(200);
    }

    @Test
    void anEndedTokenIsNotGood() {
        var ended = claims(issued()).with("exp", Json.of(server.clock.now().getEpochSecond()));

        assertThat(status(signer.sign(ended))).isEqualTo(401);
        assertThat(error(signer.sign(ended)))
                .isEqualTo("[invalid bearer token, service account token has expired]");
    }

    @Test
    void aTokenOfTheFutureIsNotGoodYet() {
        var begin = server.clock.now().getEpochSecond() + 60;
        var future = signer.sign(claims(issued()).with("nbf", Json.of(begin)));

        assertThat(status(future)).isEqualTo(401);
        server.clock.advance(Duration.ofSeconds(60));
        assertThat(status(future)).isEqualTo(200);
    }

    @Test
    void aTokenWithoutAnEndIsNotGood() {
        assertThat(status(signer.sign(claims(issued()).without("exp")))).isEqualTo(401);
        assertThat(status(signer.sign(claims(issued()).without("nbf")))).isEqualTo(401);
    }

    @Test
    void aTokenForOthersOrOfOthersIsNotGood() {
        var token = claims(issued());
        var vault = token.with("aud", Json.array(List.of(Json.of("vault"))));

        assertThat(status(signer.sign(vault))).isEqualTo(401);
        assertThat(error(signer.sign(vault)))
                .isEqualTo(
                        "[invalid bearer token, token audiences [\"vault\"] is invalid for the"
                                + " target audiences [\""
                                + ISSUER
                                + "\"]]");
        assertThat(status(signer.sign(token.with("iss", Json.of("https://else"))))).isEqualTo(401);
    }

    @Test
    void halfATokenIsNotGood() {
        var token = issued();
        var parts = token.split("\\.");

        assertThat(status(parts[0] + "." + parts[1])).isEqualTo(401);
        assertThat(status(parts[0] + "." + parts[1] + ".")).isEqualTo(401);
        assertThat(status(token.substring(0, token.length() - 2))).isEqualTo(401);
        assertThat(status(token + "=")).isEqualTo(401);
        assertThat(status(token + ".x")).isEqualTo(401);
        assertThat(status("..")).isEqualTo(401);
        assertThat(status("é".repeat(50))).isEqualTo(401);
    }

    @Test
    void aTokenNobodySignedIsNotGood() {
        var parts = issued().split("\\.");
        for (var algorithm : List.of("none", "None", "NONE", "")) {
            var head = part("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}");
            assertThat(status(head + "." + parts[1] + ".")).isEqualTo(401);
            assertThat(status(head + "." + parts[1] + "." + parts[2])).isEqualTo(401);
        }
    }

    /// The public key is known to all: as a shared secret it proves nothing.
    @Test
    void aTokenSignedWithThePublicKeyAsASecretIsNotGood() throws Exception {
        for (var keys : List.of(KEYS, OLD)) {
            var head = part("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");
            var content = head + "." + issued().split("\\.")[1];
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys.getPublic().getEncoded(), "HmacSHA256"));
            var signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
            var swapped =
                    content
                            + "."
                            + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);

            assertThat(status(swapped)).isEqualTo(401);
        }
    }

    @Test
    void aKeyOfOneSortDoesNotCheckAnAlgorithmOfAnother() {
        var parts = issued().split("\\.");
        for (var algorithm : List.of("RS256", "PS256", "ES384", "ES512")) {
            var head = part("{\"alg\":\"" + algorithm + "\"}");
            assertThat(status(head + "." + parts[1] + "." + parts[2])).isEqualTo(401);
        }
    }

    @Test
    void aTokenOfAnUnknownKeyIsNotGood() {
        var stranger = new Tokens(CertificateAuthority.keyPair());

        assertThat(status(stranger.sign(claims(issued())))).isEqualTo(401);
    }

    @Test
    void tokensOfTheKeyAndTheIssuerBeforeStayGood() {
        var before = new Tokens(OLD);
        var token = before.sign(claims(issued()).with("iss", Json.of("https://before")));

        assertThat(status(token)).isEqualTo(200);
        assertThat(claims(issued()).text("iss")).isEqualTo(ISSUER);
        var keys = server.admin().get("/openid/v1/jwks").json().items("keys");
        assertThat(keys).hasSize(2);
        assertThat(Trees.at(keys.get(1), "kty")).isEqualTo("RSA");
        assertThat(Trees.at(keys.get(1), "e")).isEqualTo("AQAB");
        assertThat(
                        server.admin()
                                .get("/.well-known/openid-configuration")
                                .json()
                                .items("id_token_signing_alg_values_supported"))
                .containsExactly(Json.of("ES256"), Json.of("RS256"));
    }

    @Test
    void aTokenDiesWithItsNode() {
        var admin = server.admin();
        admin.post("/api/v1/nodes", "{metadata: {name: node1}}");
        var token =
                admin.post(
                                ACCOUNTS + "/default/token",
                                "{spec: {boundObjectRef: {apiVersion: v1, kind: Node,"
                                        + " name: node1}}}")
                        .at("status", "token");

        assertThat(error(token)).isEmpty();
        assertThat(status(token)).isEqualTo(200);
        admin.delete("/api/v1/nodes/node1");
        assertThat(status(token)).isEqualTo(401);
        admin.post("/api/v1/nodes", "{metadata: {name: node1}}");
        assertThat(status(token)).isEqualTo(401);
    }

    private String legacy(String more) {
        var admin = server.admin();
        var account = admin.get(ACCOUNTS + "/default");
        var claims =
                Json.object(
                        Map.of(
                                "iss", Json.of(LegacyTokens.ISSUER),
                                "sub", Json.of("system:serviceaccount:default:default"),
                                "kubernetes.io/serviceaccount/namespace", Json.of("default"),
                                "kubernetes.io/serviceaccount/secret.name", Json.of("old"),
                                "kubernetes.io/serviceaccount/service-account.name",
                                        Json.of("default"),
                                "kubernetes.io/serviceaccount/service-account.uid",
                                        Json.of(account.at("metadata", "uid"))));
        var token = signer.sign(claims);
        admin.post(
                SECRETS,
                "{metadata: {name: old, annotations: {kubernetes.io/service-account.name: default}"
                        + more
                        + "}, type: kubernetes.io/service-account-token, stringData: {token: "
                        + token
                        + "}}");
        return token;
    }

    @Test
    void aTokenInASecretIsGoodAsLongAsItIsThere() {
        var token = legacy("");

        assertThat(status(token)).isEqualTo(200);
        assertThat(
                        server.admin()
                                .get(SECRETS + "/old")
                                .at("metadata", "labels", LegacyTokens.LAST_USED))
                .isEqualTo("2026-01-01");
        assertThat(server.bearer(token).get("/api").warnings()).isEmpty();
        server.admin().merge(SECRETS + "/old", "{data: {token: bm9uZQ==}}");
        assertThat(status(token)).isEqualTo(401);
        server.admin().delete(SECRETS + "/old");
        assertThat(status(token)).isEqualTo(401);
    }

    @Test
    void aTokenThatWasMadeByItselfIsWarnedAbout() {
        var token = legacy("");
        server.admin().merge(ACCOUNTS + "/default", "{secrets: [{name: old}]}");

        assertThat(server.bearer(token).get("/api").warnings())
                .singleElement()
                .asString()
                .contains("Use tokens from the TokenRequest API");
    }

    @Test
    void aTokenThatIsMarkedInvalidIsNotGood() {
        var token = legacy(", labels: {kubernetes.io/legacy-token-invalid-since: '2026-01-01'}");

        assertThat(status(token)).isEqualTo(401);
        assertThat(error(token)).contains("has been marked invalid");
    }

    @Test
    void claimsAreWhatWasSigned() {
        var parts = issued().split("\\.");
        var changed = JsonWriter.write(claims(issued()).with("sub", Json.of("system:admin")));
        var forged = Base64.getUrlEncoder().withoutPadding().encodeToString(changed);

        assertThat(status(parts[0] + "." + forged + "." + parts[2])).isEqualTo(401);
    }

    @Test
    void aTokenLastsNoLongerThanAllowed() {
        var longer =
                server.admin()
                        .post(
                                ACCOUNTS + "/default/token",
                                "{spec: {expirationSeconds: %d}}".formatted(SECONDS_MAX + 1));

        assertThat(longer.warnings())
                .singleElement()
                .asString()
                .contains("requested expiration of 7201 seconds shortened to 7200 seconds");
        var claims = claims(longer.at("status", "token"));
        var end = server.clock.now().getEpochSecond() + SECONDS_MAX;
        assertThat(claims.get("exp")).isEqualTo(Json.of(end));
        assertThat(status(longer.at("status", "token"))).isEqualTo(200);
    }
}
