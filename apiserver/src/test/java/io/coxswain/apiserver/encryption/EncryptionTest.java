package io.coxswain.apiserver.encryption;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.ManualClock;
import io.coxswain.storage.Draft;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Header;
import io.coxswain.storage.Key;
import io.coxswain.storage.Store;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.Write;
import io.coxswain.storage.disk.FileDisk;
import io.coxswain.storage.embedded.Backup;
import io.coxswain.storage.embedded.EmbeddedStore;
import io.coxswain.storage.embedded.Options;
import io.coxswain.storage.embedded.Verification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is on disk of a Secret, and who can read it.
class EncryptionTest {

    private static final Key SECRET = new Key("secrets", "default", "a");
    private static final Key POD = new Key("pods", "default", "a");
    private static final String CANARY = "correct horse battery staple";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Services services = new Services();
    @TempDir Path folder;
    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("encryption.yaml");
    }

    private static String key(String name) {
        var bytes = (name + "-0123456789abcdef0123456789abcdef").substring(0, 32).getBytes(UTF_8);
        return "{name: " + name + ", secret: " + Base64.getEncoder().encodeToString(bytes) + "}";
    }

    private static String provider(String kind, String... names) {
        if (kind.equals("identity")) {
            return "{identity: {}}";
        }
        if (kind.equals("kms")) {
            return "{kms: {apiVersion: v2, name: k, endpoint: 'unix:///k.sock'}}";
        }
        var keys = String.join(", ", Arrays.stream(names).map(EncryptionTest::key).toList());
        return "{" + kind + ": {keys: [" + keys + "]}}";
    }

    private EncryptionFile configure(String resources, String... providers) {
        write(resources, providers);
        return new EncryptionFile(file, true, services, clock);
    }

    private void write(String resources, String... providers) {
        try {
            Files.writeString(
                    file,
                    "{apiVersion: apiserver.config.k8s.io/v1, kind: EncryptionConfiguration,"
                            + " resources: [{resources: ["
                            + resources
                            + "], providers: ["
                            + String.join(", ", providers)
                            + "]}]}");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private EmbeddedStore open(EncryptionFile encryption) {
        return EmbeddedStore.open(disk(), clock, Options.DEFAULT.withValues(encryption));
    }

    private FileDisk disk() {
        return new FileDisk(folder.resolve("store"));
    }

    private static long put(EmbeddedStore store, Key key, long expected) {
        var draft = new Draft(Header.EMPTY, ("{\"data\":\"" + CANARY + "\"}").getBytes(UTF_8), -1);
        var outcome = store.write(new Write(key, expected, draft, false, null));
        return ((Write.Outcome.Written) outcome).entry().revision();
    }

    private static String read(EmbeddedStore store, Key key) {
        var entry = store.snapshot().get(key);
        return entry == null ? "" : new String(entry.bytes(), UTF_8);
    }

    /// Everything below the store's directory.
    private String onDisk() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.walk(folder.resolve("store"))) {
            for (var one : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(one), ISO_8859_1));
            }
        }
        return all.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aesgcm", "aescbc", "secretbox", "kms"})
    void noSecretIsOnDiskInClearAndAllAreThereAfterARestart(String kind) throws IOException {
        try (var store = open(configure("secrets", provider(kind, "k")))) {
            var revision = put(store, SECRET, Write.ABSENT);
            put(store, new Key("secrets", "default", "b"), Write.ABSENT);
            store.saveSnapshot();
            put(store, SECRET, revision);
            store.backup(new FileDisk(folder.resolve("store")), "backup");

            assertThat(onDisk())
                    .doesNotContain(CANARY)
                    .contains("k8s:enc:" + kind + (kind.equals("kms") ? ":v2:k:" : ":v1:k:"));
            assertThat(read(store, SECRET)).contains(CANARY);
        }
        Files.delete(folder.resolve("store").resolve("backup"));

        try (var store = open(configure("secrets", provider(kind, "k")))) {
            assertThat(read(store, SECRET)).contains(CANARY);
            assertThat(store.outdated(stored(store, SECRET))).isFalse();
        }
    }

    @Test
    void whatIsNotNamedStaysAsItIs() throws IOException {
        try (var store = open(configure("secrets", provider("aesgcm", "k")))) {
            put(store, POD, Write.ABSENT);

            assertThat(onDisk()).contains(CANARY);
            assertThat(store.outdated(stored(store, POD))).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'''*.'''      , secrets, true",
        "'''*.'''      , deployments.apps, false",
        "'''*.apps'''  , deployments.apps, true",
        "'''*.apps'''  , widgets.apps.example, false",
        "'''*.*'''     , widgets.example.com, true",
        "widgets.example.com, widgets.example.com, true",
        "widgets.example.com, gadgets.example.com, false"
    })
    void resourcesAreNamedOutrightOrByPatterns(String pattern, String resource, boolean covered) {
        var encryption = configure(pattern, provider("aesgcm", "k"));

        var stored = encryption.toStorage(new Key(resource, "", "a"), new byte[] {1});

        assertThat(stored.length > 1).isEqualTo(covered);
    }

    @Test
    void anotherKeyIsNotEnough() {
        try (var store = open(configure("secrets", provider("aesgcm", "k")))) {
            put(store, SECRET, Write.ABSENT);
        }

        var other = configure("secrets", provider("aesgcm", "other"));
        assertThatThrownBy(() -> open(other))
                .isInstanceOf(StoreException.class)
                .hasMessage(
                        "unable to transform key \"/registry/secrets/default/a\": no matching"
                                + " prefix found");
    }

    @Test
    void theSameNameForAnotherKeyIsNotEnough() throws IOException {
        try (var store = open(configure("secrets", provider("aesgcm", "k")))) {
            put(store, SECRET, Write.ABSENT);
        }
        var forged = provider("aesgcm", "k").replace("secret: ay", "secret: az");
        var other = configure("secrets", forged);

        assertThatThrownBy(() -> open(other))
                .hasMessage(
                        "unable to transform key \"/registry/secrets/default/a\": cipher: message"
                                + " authentication failed");
    }

    @Test
    void aStoreWithoutTheConfigurationIsNotOpened() {
        try (var store = open(configure("secrets", provider("aesgcm", "k")))) {
            put(store, SECRET, Write.ABSENT);
        }

        assertThatThrownBy(() -> EmbeddedStore.open(disk(), clock, Options.DEFAULT))
                .hasMessageContaining("identity transformer tried to read encrypted data");
    }

    /// The AAD of `aesgcm` is where the value is kept.
    @Test
    void aValueOpensOnlyWhereItWasSealed() {
        var encryption = configure("secrets", provider("aesgcm", "k"));
        var stored = encryption.toStorage(SECRET, CANARY.getBytes(UTF_8));

        assertThat(encryption.fromStorage(SECRET, stored)).isEqualTo(CANARY.getBytes(UTF_8));
        assertThatThrownBy(() -> encryption.fromStorage(new Key("secrets", "x", "a"), stored))
                .hasMessageContaining("message authentication failed");
    }

    /// Made by other programs, in the format of Kubernetes' own server.
    @ParameterizedTest
    @CsvSource({
        "aesgcm, azhzOmVuYzphZXNnY206djE6azoAAQIDBAUGBwgJCgtib3pMFSea24XAAhfoIgNKFtBDY+5GercEFxiyXg9W"
                + "BL304A4TCMIt6R9Lxw==",
        "aescbc, azhzOmVuYzphZXNjYmM6djE6azoAAQIDBAUGBwgJCgsMDQ4P1jZICF64DuLU2iVGfpNkIy3gTspHh6d1sfsT"
                + "c2qAe80=",
        "kms, azhzOmVuYzprbXM6djI6azoKWEBBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5fAAECAwQFBgcICQoLIyz8"
                + "Qb28PQWcLb2C2ECLibmm0D9TcHltxqt0V0G15IObYd7Nh1W4z++GV7ISATEaIN/e3dzb2tnY19bV1NPS0dDP"
                + "zs3My8rJyMfGxcTDwsHAIg4KCWEuZXhhbXBsZRIBBygB"
    })
    void valuesThatOthersHaveSealedAreRead(String kind, String stored) {
        var encryption = configure("secrets", provider(kind, "k"));

        var clear = encryption.fromStorage(SECRET, Base64.getDecoder().decode(stored));

        assertThat(new String(clear, UTF_8)).isEqualTo(CANARY);
    }

    @Test
    void aKeyIsRotatedWithoutARestart() throws IOException {
        var encryption = configure("secrets", provider("aesgcm", "old"));
        try (var store = open(encryption)) {
            var revision = put(store, SECRET, Write.ABSENT);
            write("secrets", provider("secretbox", "new"), provider("aesgcm", "old"));
            encryption.runOnce();

            assertThat(store.outdated(stored(store, SECRET))).isTrue();
            put(store, SECRET, revision);
            assertThat(store.outdated(stored(store, SECRET))).isFalse();
            assertThat(onDisk()).contains("k8s:enc:secretbox:v1:new:");
        }

        // The old key may be forgotten now, although the log still has values under it.
        try (var store = open(configure("secrets", provider("secretbox", "new")))) {
            assertThat(read(store, SECRET)).contains(CANARY);
            assertThat(store.compactedRevision()).isEqualTo(1);
        }
    }

    @Test
    void encryptionIsTurnedOnAndOffAgain() throws IOException {
        long revision;
        try (var store = EmbeddedStore.open(disk(), clock, Options.DEFAULT)) {
            revision = put(store, SECRET, Write.ABSENT);
        }
        try (var store =
                open(configure("secrets", provider("aescbc", "k"), provider("identity")))) {
            assertThat(store.outdated(stored(store, SECRET))).isTrue();
            revision = put(store, SECRET, revision);
            assertThat(store.outdated(stored(store, SECRET))).isFalse();
        }
        try (var store =
                open(configure("secrets", provider("identity"), provider("aescbc", "k")))) {
            assertThat(store.outdated(stored(store, SECRET))).isTrue();
            put(store, SECRET, revision);
        }
        try (var store = EmbeddedStore.open(disk(), clock, Options.DEFAULT)) {
            assertThat(read(store, SECRET)).contains(CANARY);
        }
    }

    @Test
    void aChangeOfTheFileThatMakesNoSenseIsNotTakenOver() {
        var encryption = configure("secrets", provider("aesgcm", "k"));
        write("secrets", "{aesgcm: {keys: []}}");

        encryption.runOnce();

        assertThat(encryption.method(SECRET)).isEqualTo("k8s:enc:aesgcm:v1:k:");
    }

    @Test
    void filesAndBackupsAreCheckedAndRestoredWithoutTheKey() throws IOException {
        var backups = new FileDisk(folder.resolve("backups"));
        try (var store = open(configure("secrets", provider("aesgcm", "k")))) {
            put(store, SECRET, Write.ABSENT);
            store.backup(backups, "b");
        }
        assertThat(Verification.of(disk()).sound()).isTrue();
        assertThat(Backup.check(backups, "b").objects()).isEqualTo(1);

        var restored = new FileDisk(folder.resolve("restored"));
        Backup.restore(backups, "b", restored, clock);

        var options = Options.DEFAULT.withValues(configure("secrets", provider("aesgcm", "k")));
        try (var store = EmbeddedStore.open(restored, clock, options)) {
            assertThat(read(store, SECRET)).contains(CANARY);
        }
    }

    @Test
    void aValueOutlivesItsKeyServiceButIsNotWrittenWithoutIt() {
        var encryption = configure("secrets", provider("kms"));
        try (var store = open(encryption)) {
            var revision = put(store, SECRET, Write.ABSENT);
            services.healthy = false;

            put(store, SECRET, revision);
            clock.advance(Duration.ofMinutes(4));
            assertThatThrownBy(() -> put(store, new Key("secrets", "", "x"), Write.ABSENT))
                    .isInstanceOf(StoreException.class)
                    .hasMessageContaining("failed to encrypt DEK");
            assertThat(read(store, SECRET)).contains(CANARY);

            services.healthy = true;
            put(store, new Key("secrets", "", "x"), Write.ABSENT);
        }
    }

    @Test
    void aNewKeyOfTheServiceMakesValuesOutdated() {
        var encryption = configure("secrets", provider("kms"));
        try (var store = open(encryption)) {
            put(store, SECRET, Write.ABSENT);
            services.keyId = "2";
            encryption.runOnce();

            assertThat(store.outdated(stored(store, SECRET))).isTrue();
        }
    }

    @Test
    void aServiceThatIsNotWellAtStartIsSaid() {
        services.healthy = false;

        assertThatThrownBy(() -> configure("secrets", provider("kms")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("got unexpected healthz status: sick of kms-provider k");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    secrets|{aesgcm: {keys: [{name: a, secret: AAAA}]}}|secret is not of the expected length, got 3, expected one of [16 24 32]
                    secrets|{aesgcm: {keys: [{name: a, secret: '%%%'}]}}|secrets must be base64 encoded
                    secrets|{aesgcm: {}}|at least one keys is required
                    secrets|{identity: {}, aesgcm: {}}|more than one provider specified in a single element
                    secrets|{rot13: {}}|provider does not contain any of the expected providers
                    secrets|{kms: {name: a, endpoint: 'unix:///x'}}|KMSv1 is deprecated
                    secrets|{kms: {apiVersion: v2, name: 'a:b', endpoint: 'unix:///x'}}|not contain
                    secrets|{kms: {apiVersion: v2, name: a, endpoint: 'tcp://x'}}|unsupported scheme "tcp" for KMS provider, only unix is supported
                    Secrets|{identity: {}}|resource name should not contain capital letters
                    *|{identity: {}}|use '*.' to encrypt all the resources from core API group
                    *.,secrets|{identity: {}}|using overlapping resources such as 'secrets' and '*.'
                    secrets,secrets|{identity: {}}|the same resource cannot be specified multiple times
                    foos.*|{identity: {}}|resources cannot be encrypted across groups
                    events.events.k8s.io|{identity: {}}|'*.events.k8s.io' objects are stored using the 'events' API group
                    """)
    void whatIsWrongIsSaid(String resources, String provider, String why) {
        var names =
                String.join(
                        ", ",
                        Arrays.stream(resources.split(",")).map(name -> "'" + name + "'").toList());

        assertThatThrownBy(() -> configure(names, provider)).hasMessageContaining(why);
    }

    @Test
    void noMessageHasAKeyInIt() {
        assertThatThrownBy(() ->
                        configure("secrets", "{aesgcm: {keys: [{name: a, secret: c2VjcmV0}]}}"))
                .hasMessageNotContaining("c2VjcmV0");
    }

    /// A key service in this process: it seals by turning bytes round.
    private static final class Services implements KmsPlugin.Connector {
        private volatile boolean healthy = true;
        private volatile String keyId = "1";
        private final Map<String, Integer> calls = new HashMap<>();

        @Override
        public KmsPlugin connect(String socket, Duration timeout) {
            return new KmsPlugin() {
                @Override
                public Health status() {
                    return new Health("v2", healthy ? "ok" : "sick", keyId);
                }

                @Override
                public Sealed encrypt(String uid, byte[] plaintext) {
                    calls.merge("encrypt", 1, Integer::sum);
                    return new Sealed(
                            turned(plaintext), keyId, Map.of("a.example", new byte[] {7}));
                }

                @Override
                public byte[] decrypt(String uid, Sealed sealed) {
                    assertThat(sealed.annotations().get("a.example")).containsExactly(7);
                    return turned(sealed.ciphertext());
                }
            };
        }

        private static byte[] turned(byte[] bytes) {
            var turned = new byte[bytes.length];
            for (var i = 0; i < bytes.length; i++) {
                turned[i] = (byte) ~bytes[i];
            }
            return turned;
        }
    }

    private static Entry stored(Store store, Key key) {
        return Objects.requireNonNull(store.snapshot().get(key));
    }
}
