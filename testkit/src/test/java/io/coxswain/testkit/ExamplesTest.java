package io.coxswain.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.batch.Job;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// The manifests in `examples/` are taken as they are, without an unknown field.
@ClusterTest
class ExamplesTest {

    private static final Path EXAMPLES = Path.of("..", "examples");

    @Test
    void theGuestbookServes(TestCluster cluster) throws IOException {
        cluster.apply(example("guestbook.yaml")).settle().advance(Duration.ofMinutes(1));

        var client = cluster.client();
        var frontend = client.get(Deployment.class, "guestbook", "frontend");
        assertThat(frontend.status().readyReplicas()).isEqualTo(3);
        var service = client.get(Service.class, "guestbook", "frontend");
        assertThat(service.spec().ports().getFirst().nodePort()).isEqualTo(30080);
    }

    @Test
    void theJobEnds(TestCluster cluster) throws IOException {
        cluster.apply(example("job.yaml")).advance(Duration.ofMinutes(1));

        assertThat(cluster.get(Job.class, "sum").status().succeeded()).isEqualTo(3);
    }

    @Test
    void thePodThatFitsNowhereWaits(TestCluster cluster) throws IOException {
        cluster.apply(example("unschedulable.yaml")).settle();

        assertThat(cluster.get(Pod.class, "unschedulable").status().phase()).isEqualTo("Pending");
    }

    @Test
    void theOthersAreWellFormed(TestCluster cluster) throws IOException {
        cluster.apply(example("crashing.yaml")).apply(example("bad-image.yaml"));

        assertThat(cluster.list(Pod.class, "")).hasSize(2);
    }

    private static String example(String name) throws IOException {
        return Files.readString(EXAMPLES.resolve(name));
    }
}
