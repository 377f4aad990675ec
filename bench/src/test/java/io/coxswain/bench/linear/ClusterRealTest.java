package io.coxswain.bench.linear;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.base.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The faults are what they claim to be: otherwise histories without violations would say nothing.
@Tag("real")
class ClusterRealTest {

    private static final Duration ELECTION = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofMillis(1_500);

    @TempDir Path directory;

    @Test
    void aLeaderThatIsAloneIsReplacedAndAServerThatIsCutOffAnswersNothingNew() throws Exception {
        try (var cluster = new Cluster(directory)) {
            var first = cluster.etcd().leader();
            cluster.isolate(first);
            Clock.SYSTEM.pause(ELECTION);
            assertThat(cluster.etcd().leader()).isNotEqualTo(first);
            cluster.heal();

            for (var member = 0; member < Cluster.MEMBERS; member++) {
                cluster.cut(0, member);
            }
            assertThat(status(cluster, 0)).isNotEqualTo(200);
            assertThat(status(cluster, 1)).isEqualTo(200);
        }
    }

    /// Of a consistent read; 0 when no answer comes.
    private static int status(Cluster cluster, int server) {
        var http = new Http(List.of(cluster.uris().get(server)), PATIENCE);
        try {
            return http.send("GET", "/api/v1/namespaces/default", null, "").status();
        } catch (IOException unanswered) {
            return 0;
        } finally {
            http.close();
        }
    }
}
