package io.coxswain.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.storage.Draft;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Header;
import io.coxswain.storage.Samples;
import io.grpc.Status;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What can be said without etcd.
class EtcdOptionsTest {

    private static final List<URI> SERVERS = List.of(URI.create("http://127.0.0.1:2379"));

    @ParameterizedTest
    @CsvSource({"/registry, /registry", "registry, /registry", "/a/b/, /a/b", "/, ''"})
    void aPrefixBeginsWithASlashAndEndsWithoutOne(String given, String prefix) {
        assertThat(EtcdOptions.of(SERVERS).withPrefix(given).prefix()).isEqualTo(prefix);
    }

    @ParameterizedTest
    @CsvSource({"http://127.0.0.1", "127.0.0.1:2379", "http:///x", "unix:/run/etcd"})
    void aServerIsAUrlWithAPort(String server) {
        assertThatThrownBy(() -> EtcdOptions.of(List.of(URI.create("x:" + server))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EtcdOptions.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "3.4.23, false", "3.4.25, true", "3.5.7, false", "3.5.8, true", "3.6.0, true",
        "3.3.9, false", "4.0.0, true", "3.5.21-rc.1, true", "'', false", "x.y, false"
    })
    void olderMembersMayClaimTooMuch(String version, boolean safe) {
        assertThat(EtcdVersion.parse(version).claimsAreSafe()).isEqualTo(safe);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, etcdserver: leader changed, true",
        "UNAVAILABLE, etcdserver: request timed out, true",
        "DEADLINE_EXCEEDED, x, true",
        "RESOURCE_EXHAUSTED, etcdserver: mvcc: database space exceeded, false",
        "RESOURCE_EXHAUSTED, etcdserver: too many requests, true",
        "INVALID_ARGUMENT, etcdserver: request is too large, false",
        "PERMISSION_DENIED, etcdserver: permission denied, false"
    })
    void whatPassesIsTriedAgain(Status.Code code, String said, boolean passes) {
        var failure = code.toStatus().withDescription(said).asRuntimeException();

        assertThat(Failures.passing(failure)).isEqualTo(passes);
    }

    @Test
    void anEntryLosesItsRevisionOnTheWayToAnotherStore() {
        var draft = Samples.draft("\"resourceVersion\\\":\\\"7\\\"");
        var entry = new Entry(Samples.pod("a"), 7, Header.EMPTY, draft.at(7));

        var back = Draft.of(entry);

        assertThat(back.gap()).isEqualTo(draft.gap());
        assertThat(back.bytes()).isEqualTo(draft.bytes());
        var opaque = "?".getBytes(StandardCharsets.UTF_8);
        var other = new Entry(Samples.pod("a"), 7, Header.EMPTY, opaque);
        assertThat(Draft.of(other).bytes()).isEqualTo(opaque);
    }
}
