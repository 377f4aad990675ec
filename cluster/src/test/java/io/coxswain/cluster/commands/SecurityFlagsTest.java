package io.coxswain.cluster.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.apiserver.authentication.RequestHeaderAuthenticator;
import io.coxswain.base.Clock;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.base.flags.FlagSet;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.base.tls.Pem;
import io.coxswain.cluster.Pki;
import io.coxswain.cluster.StartupException;
import io.coxswain.cluster.security.SecurityParts;
import io.coxswain.http.Peer;
import io.coxswain.http.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What the security flags of an API server may say, and what becomes of it. `$` stands for a
/// directory with a few files.
class SecurityFlagsTest {

    private static final CertificateAuthority OLD = authority("old");
    private static final CertificateAuthority FRESH = authority("fresh");

    @TempDir static Path files;
    private static @Nullable Pki pki;
    private final SimulatedLoops loops = new SimulatedLoops(new ManualClock(Clock.SYSTEM.now()), 1);

    private static CertificateAuthority authority(String name) {
        return CertificateAuthority.create(name, Clock.SYSTEM, Duration.ofDays(1));
    }

    private static String pem(CertificateAuthority authority) {
        return Pem.encode(List.of(authority.certificate()));
    }

    @BeforeAll
    static void write() throws IOException {
        pki = Pki.open(files.resolve("pki"), Clock.SYSTEM);
        Files.writeString(files.resolve("ca.pem"), pem(OLD));
        Files.writeString(files.resolve("nonsense"), "nonsense");
        var pair = CertificateAuthority.keyPair();
        Files.writeString(files.resolve("sa.key"), Pem.encode(pair.getPrivate(), pair.getPublic()));
        Files.writeString(
                files.resolve("kubeconfig"),
                """
                current-context: c
                contexts: [{name: c, context: {cluster: s}}]
                clusters: [{name: s, cluster: {server: "https://127.0.0.1:1"}}]
                """);
        Files.writeString(
                files.resolve("authorization.yaml"),
                "{apiVersion: apiserver.config.k8s.io/v1, kind: AuthorizationConfiguration,"
                        + " authorizers: [{type: RBAC, name: rbac}]}");
        Files.writeString(
                files.resolve("authentication.yaml"),
                "{apiVersion: apiserver.config.k8s.io/v1, kind: AuthenticationConfiguration}");
        Files.writeString(
                files.resolve("policy.yaml"),
                "{apiVersion: audit.k8s.io/v1, kind: Policy, rules: [{level: None}]}");
    }

    @AfterEach
    void close() {
        loops.close();
    }

    private SecurityParts start(String line) {
        var args = Arrays.stream(line.split(" ")).map(it -> it.replace("$", files.toString()));
        var flags = FlagSet.of(SecurityFlags.class).parse(args.toList()).flags();
        return SecurityParts.start(flags.settings(), Objects.requireNonNull(pki), loops);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--client-ca-file=$/ca.pem",
                "--requestheader-client-ca-file=$/ca.pem --requestheader-allowed-names=a,b",
                "--requestheader-username-headers=X-User --requestheader-group-headers=X-Group"
                        + " --requestheader-uid-headers=X-Uid"
                        + " --requestheader-extra-headers-prefix=X-Extra-",
                "--authentication-config=$/authentication.yaml",
                "--oidc-issuer-url=https://idp.example --oidc-client-id=me --oidc-ca-file=$/ca.pem"
                        + " --oidc-username-claim=email --oidc-username-prefix=-"
                        + " --oidc-groups-claim=groups --oidc-groups-prefix=oidc:"
                        + " --oidc-required-claim=a=b --oidc-signing-algs=ES256,RS256",
                "--authentication-token-webhook-config-file=$/kubeconfig"
                        + " --authentication-token-webhook-version=v1beta1"
                        + " --authentication-token-webhook-cache-ttl=10s",
                "--service-account-key-file=$/sa.key",
                "--service-account-signing-key-file=$/sa.key --service-account-issuer=https://a"
                        + " --api-audiences=https://b --service-account-jwks-uri=https://a/keys",
                "--service-account-max-token-expiration=1h",
                "--service-account-max-token-expiration=1193046h",
                "--service-account-extend-token-expiration=false",
                "--authorization-mode=Node,RBAC",
                "--authorization-mode=AlwaysAllow",
                "--authorization-mode=RBAC,Webhook --authorization-webhook-config-file=$/kubeconfig"
                        + " --authorization-webhook-version=v1beta1"
                        + " --authorization-webhook-cache-authorized-ttl=1m"
                        + " --authorization-webhook-cache-unauthorized-ttl=1s",
                "--authorization-config=$/authorization.yaml",
                "--audit-policy-file=$/policy.yaml --audit-log-path=$/audit.log"
                        + " --audit-log-format=legacy --audit-log-mode=blocking-strict"
                        + " --audit-log-maxsize=1 --audit-log-maxage=1 --audit-log-maxbackup=1",
                "--audit-policy-file=$/policy.yaml --audit-webhook-config-file=$/kubeconfig"
                        + " --audit-webhook-mode=batch --audit-webhook-batch-max-size=3",
            })
    void whatMakesSenseIsTaken(String line) {
        start(line).close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --client-ca-file=$/none|none
                    --client-ca-file=$/nonsense|nonsense: no PEM block CERTIFICATE
                    --requestheader-client-ca-file=$/nonsense|nonsense: no PEM block CERTIFICATE
                    --authentication-config=$/nonsense|nonsense
                    --authentication-config=$/authentication.yaml --oidc-issuer-url=https://a --oidc-client-id=b|authentication-config file and oidc-* flags are mutually exclusive
                    --oidc-issuer-url=https://a|oidc-issuer-url and oidc-client-id must be specified together when any oidc-* flags are set
                    --oidc-client-id=a|oidc-issuer-url and oidc-client-id must be specified together when any oidc-* flags are set
                    --oidc-issuer-url=http://a --oidc-client-id=b|must be https
                    --oidc-issuer-url=https://a --oidc-client-id=b --oidc-ca-file=$/none|--oidc-ca-file:
                    --oidc-signing-algs=HS256|oidc-signing-algs: unsupported signing algorithm HS256
                    --authentication-token-webhook-config-file=$/nonsense|nonsense
                    --authentication-token-webhook-config-file=$/kubeconfig --authentication-token-webhook-version=v2|--authentication-token-webhook-version: v1 or v1beta1, not v2
                    --service-account-key-file=$/nonsense|nonsense: no valid public key data found
                    --service-account-signing-key-file=$/none|none
                    --service-account-max-token-expiration=59m|the service-account-max-token-expiration must be between 1 hour and 2^32 seconds
                    --service-account-max-token-expiration=1193047h|the service-account-max-token-expiration must be between 1 hour and 2^32 seconds
                    --authorization-mode=Everything|authorization-mode "Everything" is not a valid mode
                    --authorization-mode=RBAC,RBAC|has mode specified more than once
                    --authorization-mode=Webhook|authorization-mode Webhook's authorization config file not passed
                    --authorization-webhook-config-file=$/kubeconfig|cannot specify --authorization-webhook-config-file without mode Webhook
                    --authorization-webhook-version=v2|--authorization-webhook-version: v1 or v1beta1, not v2
                    --authorization-config=$/nonsense|nonsense
                    --authorization-config=$/authorization.yaml --authorization-mode=RBAC|--authorization-config can not be specified when --authorization-mode
                    --audit-policy-file=$/none --audit-log-path=$/audit.log|none
                    --audit-policy-file=$/nonsense --audit-log-path=$/audit.log|loading audit policy file:
                    --audit-log-path=$/audit.log --audit-log-format=xml|invalid audit log format xml, allowed formats are "legacy,json"
                    --audit-policy-file=$/policy.yaml --audit-log-path=$/audit.log --audit-log-mode=never|invalid audit mode never, allowed modes are
                    --audit-policy-file=$/policy.yaml --audit-webhook-config-file=$/none|none
                    """)
    void whatMakesNoneIsRefusedWithTheReason(String line, String why) {
        assertThatThrownBy(() -> start(line).close())
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(why);
    }

    /// A certificate authority is replaced without a restart; half a file changes nothing.
    @Test
    void authoritiesAreReadAgain() throws IOException {
        var clients = Files.writeString(files.resolve("clients.pem"), pem(OLD));
        var proxies = Files.writeString(files.resolve("proxies.pem"), pem(OLD));
        try (var parts =
                start(
                        "--client-ca-file=$/clients.pem --requestheader-client-ca-file=$/proxies.pem")) {
            var known = parts.security().identification();
            assertThat(known.clients().get()).contains(OLD.certificate());
            assertThat(known.proxies().get()).containsExactly(OLD.certificate());

            for (var file : List.of(clients, proxies)) {
                Files.writeString(file, pem(FRESH));
            }
            loops.advance(Duration.ofSeconds(10));
            assertThat(known.clients().get())
                    .contains(FRESH.certificate())
                    .doesNotContain(OLD.certificate());
            assertThat(known.proxies().get()).containsExactly(FRESH.certificate());
            assertThat(parts.authorities()).contains(FRESH.certificate());

            for (var nonsense : List.of("", "-----BEGIN CERTIFICATE-----\nMII")) {
                Files.writeString(clients, nonsense);
                Files.writeString(proxies, nonsense);
                loops.advance(Duration.ofSeconds(10));
                assertThat(known.clients().get()).contains(FRESH.certificate());
                assertThat(known.proxies().get()).containsExactly(FRESH.certificate());
            }
        }
    }

    @Test
    void onlyTheProxiesThatAreNamedSpeakForOthers() {
        try (var parts =
                start(
                        "--requestheader-client-ca-file=$/ca.pem --requestheader-allowed-names=gate"
                                + " --requestheader-username-headers=X-User")) {
            assertThat(speaksAs(parts, OLD, "gate")).isEqualTo("jane");
            assertThat(speaksAs(parts, OLD, "other")).isEmpty();
            assertThat(speaksAs(parts, FRESH, "gate")).isEmpty();
        }
        try (var parts =
                start(
                        "--requestheader-client-ca-file=$/ca.pem --requestheader-allowed-names="
                                + " --requestheader-username-headers=X-User")) {
            assertThat(speaksAs(parts, OLD, "other")).isEqualTo("jane");
            assertThat(speaksAs(parts, FRESH, "other")).isEmpty();
        }
    }

    private static String speaksAs(SecurityParts parts, CertificateAuthority by, String name) {
        var identification = parts.security().identification();
        var headers =
                new RequestHeaderAuthenticator(
                        identification.proxies(), identification.proxySettings());
        var own = by.issue(CertificateRequest.client(name)).certificate();
        var chain = List.of(own, by.certificate());
        var user =
                headers.authenticate(
                        Request.get("/")
                                .withPeer(new Peer(null, chain, null))
                                .withHeader("X-User", "jane"));
        return user == null ? "" : user.name();
    }
}
