package io.coxswain.client.runtime;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Pod;
import io.coxswain.api.schema.Errors;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.client.ApiClient;
import io.coxswain.client.ScriptedTransport;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import io.coxswain.client.informer.SharedInformers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// A controller that wants one pod per ConfigMap, against a server that answers by script.
class ControllerRuntimeTest {

    private static final String PODS = "/api/v1/pods";
    private static final String MAPS = "/api/v1/configmaps";
    private static final String CREATE = "POST /api/v1/namespaces/default/pods";
    private static final String EVENTS = "POST /api/v1/namespaces/default/events";

    private final ScriptedTransport server = new ScriptedTransport();
    private final SimulatedLoops loops = new SimulatedLoops(new ManualClock(NOW), 1);
    private final ApiClient client = new ApiClient(server, "test");
    private final SharedInformers informers = new SharedInformers(client, loops, new Random(1));
    private final ControllerRuntime runtime = new ControllerRuntime(client, informers, loops);
    private final ConfigMap map = any(ConfigMap.class, "web").build();
    private final List<View.Failure> failures = new ArrayList<>();

    private final Controller<ConfigMap> onePodEach =
            (wanted, view) -> {
                if (view.failure() != null) {
                    failures.add(view.failure());
                }
                return view.owned(wanted, Pod.class).findAny().isPresent()
                        ? Plan.NOTHING
                        : Plan.of(Step.createPod(wanted, pod("web-1").ownedBy(wanted).build()))
                                .again(Duration.ofHours(1));
            };

    @Test
    void decidesAgainOnlyWhenTheViewShowsWhatWasWritten() {
        server.collection(MAPS, 10, map).collection(PODS, 10);
        server.on(
                CREATE, request -> ScriptedTransport.object(201, pod("web-1").version(20).build()));
        start();
        loops.settle();

        // The ConfigMap changes before the pod's own event arrives: a second pod would be wrong.
        server.event(MAPS, "MODIFIED", any(ConfigMap.class, "web").version(21).build());
        loops.settle();
        assertThat(creations()).isEqualTo(1);

        server.event(PODS, "ADDED", pod("web-1").ownedBy(map).version(20).build());
        loops.settle();
        assertThat(creations()).isEqualTo(1);
    }

    @Test
    void tellsUsersTheNameOfWhatWasCreated() {
        server.collection(MAPS, 10, map).collection(PODS, 10);
        server.on(
                CREATE,
                request -> ScriptedTransport.object(201, pod("web-x7k").version(20).build()));
        start();
        loops.settle();

        assertThat(server.bodies)
                .anySatisfy(body ->
                        assertThat(body)
                                .contains("\"message\":\"Created pod: web-x7k\"")
                                .contains("\"reason\":\"SuccessfulCreate\"")
                                .contains("\"component\":\"one-pod-each-controller\""));
        assertThat(server.requests).contains(EVENTS);
    }

    @Test
    void triesAgainWithBackOffAndSaysWhatFailed() {
        server.collection(MAPS, 10, map).collection(PODS, 10);
        server.on(
                CREATE,
                request ->
                        ScriptedTransport.error(
                                Errors.forbidden("", "pods", "web-1", "exceeded quota")));
        start();
        loops.advance(Duration.ofMillis(80));

        assertThat(creations()).isEqualTo(5);
        assertThat(failures)
                .hasSize(4)
                .first()
                .satisfies(failure ->
                        assertThat(failure.error().getMessage())
                                .isEqualTo("pods \"web-1\" is forbidden: exceeded quota"));
    }

    @Test
    void looksAgainWhenThePlanAsksForIt() {
        server.collection(MAPS, 10, map).collection(PODS, 10);
        server.on(
                CREATE, request -> ScriptedTransport.object(201, pod("web-1").version(9).build()));
        start();
        loops.settle();
        assertThat(creations()).isEqualTo(1);

        loops.advance(Duration.ofHours(1));

        assertThat(creations()).isEqualTo(2);
    }

    @Test
    void stopsWorkingWhenClosed() {
        server.collection(MAPS, 10, map).collection(PODS, 10);
        start();
        runtime.close();
        loops.settle();

        assertThat(creations()).isZero();
    }

    private void start() {
        runtime.start(
                List.of(
                        Registration.of("one-pod-each", ConfigMap.class, onePodEach)
                                .owns(Pod.class)));
    }

    private long creations() {
        return server.requests.stream().filter(CREATE::equals).count();
    }
}
