package io.coxswain.scheduler.plugins;

import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.node;
import static io.coxswain.client.fixture.Nouns.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Node.ContainerImage;
import io.coxswain.api.core.Node.NodeStatus;
import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.schema.Edit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScorePluginsTest {

    @Test
    void theNodeWithMostLeftIsBest() {
        var given =
                Given.nodes(node("busy"), node("idle"))
                        .with(pod("x").on("busy").requests("cpu", "2").requests("memory", "4Gi"));

        // 4 CPUs and 8Gi each: (75 + 75) / 2, and (25 + 25) / 2.
        var wants = pod("web").requests("cpu", "1").requests("memory", "2Gi");
        assertThat(given.score(new NodeResourcesFit(), wants)).isEqualTo("{busy=25, idle=75}");
    }

    @Test
    void aPodThatAsksForNothingStillCountsALittle() {
        var given = Given.nodes(node("a"), node("b")).with(pod("x").on("a"));

        // 100m of 4 CPUs and 200Mi of 8Gi, twice on a.
        assertThat(given.score(new NodeResourcesFit(), pod("web"))).isEqualTo("{a=95, b=97}");
    }

    @Test
    void aNodeThatWouldBeUsedEvenlyIsBest() {
        var given =
                Given.nodes(node("even"), node("odd"))
                        .with(pod("x").on("odd").requests("cpu", "3").requests("memory", "0"));

        var wants = pod("web").requests("cpu", "1").requests("memory", "2Gi");
        assertThat(given.score(new NodeResourcesBalancedAllocation(), wants))
                .isEqualTo("{even=100, odd=62}");
    }

    @Test
    void fewerDiscouragingTaintsAreBetter() {
        var given =
                Given.nodes(
                        node("none"),
                        node("one").tainted("a", "PreferNoSchedule", null),
                        node("two")
                                .tainted("a", "PreferNoSchedule", null)
                                .tainted("b", "PreferNoSchedule", null));

        assertThat(given.score(new TaintToleration(), pod("web")))
                .isEqualTo("{none=100, one=50, two=0}");
    }

    @Test
    void anImageThatIsThereAlreadyCounts() {
        var image = new ContainerImage(List.of("image:latest"), 1_000L << 20);
        var given =
                Given.nodes(
                        node("has")
                                .status(status ->
                                        Edit.with(status, NodeStatus::images, List.of(image))),
                        node("not"));

        // Half of the nodes have it, so half of its size counts: (500 - 23) / (1000 - 23).
        assertThat(given.score(new ImageLocality(), pod("web"))).isEqualTo("{has=48, not=0}");
    }

    @Test
    void podsOfOneServicePreferDifferentHosts() {
        var service =
                any(Service.class, "web")
                        .with(it ->
                                Edit.with(
                                        it,
                                        Service::spec,
                                        Edit.with(
                                                it.spec(),
                                                ServiceSpec::selector,
                                                Map.of("app", "web"))))
                        .build();
        var given =
                Given.nodes(ObjectsList.of(service), node("a"), node("b"))
                        .with(pod("x").labelled("app", "web").on("a"))
                        .with(pod("y").labelled("app", "other").on("b"));

        assertThat(given.score(new PodTopologySpread(), pod("web").labelled("app", "web")))
                .isEqualTo("{a=66, b=100}");
    }
}
