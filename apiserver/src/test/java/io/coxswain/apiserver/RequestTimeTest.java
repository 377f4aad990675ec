package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.apiserver.filters.RequestPatience;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How long requests may take and may wait for.
@Timeout(20)
class RequestTimeTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

    private final TestServer server = new TestServer();
    private final TestServer.Caller admin = server.admin();

    @AfterEach
    void close() {
        server.close();
    }

    private static Duration allowed(String path, String query) {
        var patience = new RequestPatience(Duration.ofSeconds(60));
        var given = patience.with(Request.get(path).withQuery(Query.parse(query)));
        return given == null ? Duration.ofDays(1000) : given;
    }

    @Test
    void aRequestMayAskForLessThanTheServerAllows() {
        assertThat(allowed(MAPS, "")).isEqualTo(Duration.ofMinutes(1));
        assertThat(allowed(MAPS, "timeout=1.5s")).isEqualTo(Duration.ofMillis(1500));
        assertThat(allowed(MAPS, "timeout=0s")).isEqualTo(Duration.ofMinutes(1));
        assertThat(allowed(MAPS, "timeout=1h")).isEqualTo(Duration.ofMinutes(1));
        assertThat(allowed(MAPS, "timeout=what")).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void whatGoesOnForLongHasNoLimit() {
        assertThat(allowed(MAPS, "watch=true&timeout=1s")).isEqualTo(Duration.ofDays(1000));
        assertThat(allowed("/api/v1/namespaces/a/pods/b/log", "")).isEqualTo(Duration.ofDays(1000));
        assertThat(allowed("/api/v1/namespaces/a/services/b/proxy/c", ""))
                .isEqualTo(Duration.ofDays(1000));
    }

    @Test
    void theAnswerToALateRequestIsAStatus() {
        var late = new RequestPatience(Duration.ofSeconds(60)).late();

        assertThat(late.status()).isEqualTo(504);
        assertThat(late.body().text())
                .isEqualTo(
                        "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},"
                                + "\"status\":\"Failure\",\"message\":\"Timeout: request did not"
                                + " complete within the allotted timeout\",\"reason\":\"Timeout\","
                                + "\"details\":{},\"code\":504}");
    }

    @Test
    void aTimeoutThatIsNoneIsRefusedAsGoWordsIt() {
        var prefix = "invalid timeout specified in the request URL - time: ";
        assertThat(admin.get(MAPS + "?timeout=x").message())
                .isEqualTo(prefix + "invalid duration \"x\"");
        assertThat(admin.get(MAPS + "?timeout=5").message())
                .isEqualTo(prefix + "missing unit in duration \"5\"");
        assertThat(admin.get(MAPS + "?timeout=5y").message())
                .isEqualTo(prefix + "unknown unit \"y\" in duration \"5y\"");
        assertThat(admin.get(MAPS + "?timeout=1m30s").status()).isEqualTo(200);
        assertThat(admin.get(MAPS + "?timeout=" + "9".repeat(5000) + "h").status()).isEqualTo(400);
    }

    @Test
    void aRevisionOfTheFutureIsWaitedForAndThenRefused() {
        var remote = server.remote("letmein");
        var answer = admin.get(MAPS + "?resourceVersion=4000000000000000000");

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.headers().first("retry-after")).isEqualTo("1");
        assertThat(answer.message())
                .startsWith("Timeout: Too large resource version: 4000000000000000000, current: ");
        assertThat(answer.at("details", "causes", "0", "reason"))
                .isEqualTo("ResourceVersionTooLarge");
        assertThat(answer.at("details", "retryAfterSeconds")).isEqualTo("1");
        assertThat(remote.get("/version").status()).isEqualTo(200);
    }

    /// Unsigned, as etcd's are: this is no negative number.
    @Test
    void theLargestRevisionIsOfTheFutureToo() {
        for (var path : new String[] {MAPS, MAPS + "/kube-root-ca.crt"}) {
            assertThat(admin.get(path + "?resourceVersion=18446744073709551615").message())
                    .startsWith("Timeout: Too large resource version: 18446744073709551615, ");
        }
    }
}
