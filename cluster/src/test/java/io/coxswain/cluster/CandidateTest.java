package io.coxswain.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.coordination.Lease;
import io.coxswain.client.runtime.LeaderElection.Candidacy;
import io.coxswain.testkit.ClusterTest;
import io.coxswain.testkit.TestCluster;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Several are started and one works.
@ClusterTest
class CandidateTest {

    private final List<String> working = new ArrayList<>();

    private Candidate candidate(TestCluster cluster, String name) {
        var candidacy = Candidacy.of("kube-system", "kube-scheduler", name);
        var candidate =
                new Candidate(
                        cluster.client(),
                        cluster.loops(),
                        candidacy,
                        () -> {
                            working.add(name);
                            return () -> working.remove(name);
                        });
        candidate.start();
        return candidate;
    }

    @Test
    void anotherTakesOverWhenTheLeaderIsKilled(TestCluster cluster) {
        var first = candidate(cluster, "a");
        cluster.settle();
        var second = candidate(cluster, "b");
        cluster.settle().advance(Duration.ofMinutes(1));
        assertThat(working).containsExactly("a");

        first.vanish();
        cluster.advance(Duration.ofSeconds(10));
        assertThat(working).isEmpty();
        // The lease runs out 15 s after the other saw it last; each of its looks may be 4.4 s late.
        cluster.advance(Duration.ofSeconds(15));

        assertThat(working).containsExactly("b");
        assertThat(second.leading()).isTrue();
        var lease = cluster.client().get(Lease.class, "kube-system", "kube-scheduler");
        assertThat(lease.spec().holderIdentity()).isEqualTo("b");
        assertThat(lease.spec().leaseTransitions()).isEqualTo(1);
    }

    @Test
    void aLeaderThatStopsLetsAnotherGoOnAtOnce(TestCluster cluster) {
        var first = candidate(cluster, "a");
        cluster.settle();
        candidate(cluster, "b");
        cluster.settle();

        first.close();
        cluster.advance(Duration.ofSeconds(6));

        assertThat(working).containsExactly("b");
    }
}
