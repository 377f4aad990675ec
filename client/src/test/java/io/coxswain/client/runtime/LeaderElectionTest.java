package io.coxswain.client.runtime;

import static io.coxswain.client.fixture.Nouns.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.coordination.Lease;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.base.Loop;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.client.ApiClient;
import io.coxswain.client.ScriptedTransport;
import io.coxswain.client.runtime.LeaderElection.Candidacy;
import io.coxswain.http.Exchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaderElectionTest {

    private static final String LEASES =
            "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases";

    private final SimulatedLoops loops = new SimulatedLoops(new ManualClock(NOW), 1);
    private final ScriptedTransport server = new ScriptedTransport();
    private final List<String> log = new ArrayList<>();
    private @Nullable Lease stored;
    private boolean down;

    LeaderElectionTest() {
        server.on(
                "GET " + LEASES + "/scheduler",
                request ->
                        stored == null || down
                                ? ScriptedTransport.error(
                                        down
                                                ? Errors.unavailable("down")
                                                : Errors.notFound(
                                                        "coordination.k8s.io",
                                                        "leases",
                                                        "scheduler"))
                                : ScriptedTransport.object(200, stored));
        server.on("POST " + LEASES, request -> store(request.body().bytes()));
        server.on("PUT " + LEASES + "/scheduler", request -> store(request.body().bytes()));
    }

    @Test
    void theFirstCandidateLeadsAndTheSecondWaits() {
        var first = candidate("one");
        loops.settle();
        var second = candidate("two");
        loops.advance(Duration.ofMinutes(5));

        assertThat(first.leading()).isTrue();
        assertThat(second.leading()).isFalse();
        assertThat(log).containsExactly("one leads");
    }

    @Test
    void aLeaderThatCannotRenewStepsDownBeforeItsLeaseEnds() {
        candidate("one");
        loops.settle();
        down = true;
        loops.advance(Duration.ofSeconds(13));

        assertThat(log).containsExactly("one leads", "one lost");
    }

    @Test
    void aReleasedLeaseIsTakenOverAtOnce() {
        var first = candidate("one");
        loops.settle();
        candidate("two");
        loops.settle();
        first.release();
        loops.advance(Duration.ofSeconds(5));

        assertThat(stored).isNotNull();
        assertThat(stored.spec().leaseTransitions()).isEqualTo(1);
        assertThat(log).contains("two leads");
    }

    private LeaderElection candidate(String name) {
        var election =
                new LeaderElection(
                        new ApiClient(server, "test"),
                        loops.clock(),
                        new Random(1),
                        Candidacy.of("kube-system", "scheduler", name),
                        () -> log.add(name + " leads"),
                        () -> log.add(name + " lost"));
        loops.start(
                name,
                () ->
                        name.equals("one") && released(election)
                                ? Loop.Next.DONE
                                : election.runOnce());
        return election;
    }

    /// A candidate that gave up the lease stands no more.
    private boolean released(LeaderElection election) {
        return log.contains("one leads") && !election.leading() && !down;
    }

    private Exchange store(byte[] body) {
        var lease = RecordReader.read(Lease.class, body);
        var version = stored == null ? 1 : Long.parseLong(stored.metadata().resourceVersion()) + 1;
        var metadata =
                Edit.with(lease.metadata(), ObjectMeta::resourceVersion, Long.toString(version));
        stored = new Lease(metadata, lease.spec());
        return ScriptedTransport.object(200, stored);
    }
}
