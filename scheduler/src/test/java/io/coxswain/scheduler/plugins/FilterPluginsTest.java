package io.coxswain.scheduler.plugins;

import static io.coxswain.client.fixture.Nouns.node;
import static io.coxswain.client.fixture.Nouns.pod;
import static io.coxswain.client.fixture.Nouns.selector;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Container.ContainerPort;
import io.coxswain.api.core.NodeSelector;
import io.coxswain.api.core.NodeSelector.NodeSelectorRequirement;
import io.coxswain.api.core.NodeSelector.NodeSelectorTerm;
import io.coxswain.api.core.PodAffinityTerm;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.Affinity;
import io.coxswain.api.core.PodSpec.NodeAffinity;
import io.coxswain.api.core.PodSpec.PodAffinity;
import io.coxswain.api.core.PodSpec.PodAntiAffinity;
import io.coxswain.api.core.PodSpec.TopologySpreadConstraint;
import io.coxswain.api.core.Toleration;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.fixture.NodeNoun;
import io.coxswain.client.fixture.PodNoun;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterPluginsTest {

    private static final String ZONE = "topology.kubernetes.io/zone";

    @Test
    void aCordonedNodeTakesOnlyPodsThatTolerateIt() {
        var given = Given.nodes(node("a").unschedulable(), node("b"));
        var cordon = "node.kubernetes.io/unschedulable";

        assertThat(given.filter(new NodeUnschedulable(), pod("web")))
                .isEqualTo("{a=!node(s) were unschedulable, b=ok}");
        assertThat(given.filter(new NodeUnschedulable(), tolerating(cordon, "Exists", "", "")))
                .isEqualTo("{a=ok, b=ok}");
    }

    @ParameterizedTest
    @CsvSource({
        "'', Exists, '', '', ok",
        "gpu, Exists, '', NoSchedule, ok",
        "gpu, Equal, '', NoSchedule, ok",
        "gpu, '', '', '', ok",
        "gpu, Equal, x, '', !node(s) had untolerated taint(s)",
        "gpu, Exists, '', NoExecute, !node(s) had untolerated taint(s)",
        "cpu, Exists, '', '', !node(s) had untolerated taint(s)",
    })
    void aTaintRepelsWhoDoesNotTolerateIt(
            String key, String operator, String value, String effect, String answer) {
        var given = Given.nodes(node("a").tainted("gpu", "NoSchedule", null));

        assertThat(given.filter(new TaintToleration(), tolerating(key, operator, value, effect)))
                .isEqualTo("{a=" + answer + "}");
    }

    @Test
    void aTaintThatOnlyDiscouragesRepelsNobody() {
        var given = Given.nodes(node("a").tainted("gpu", "PreferNoSchedule", null));

        assertThat(given.filter(new TaintToleration(), pod("web"))).isEqualTo("{a=ok}");
    }

    @ParameterizedTest
    @CsvSource({
        "In, ssd, ok",
        "In, hdd, no",
        "NotIn, hdd, ok",
        "Exists, , ok",
        "DoesNotExist, , no",
        "Gt, 1, no"
    })
    void nodeAffinityLooksAtLabels(String operator, String value, String answer) {
        var values = value == null ? List.<String>of() : List.of(value);
        var term =
                new NodeSelectorTerm(
                        List.of(new NodeSelectorRequirement("disk", operator, values)), List.of());
        var given = Given.nodes(node("a").labelled("disk", "ssd"));

        assertThat(given.filter(new io.coxswain.scheduler.plugins.NodeAffinity(), bound(term)))
                .isEqualTo(
                        answer.equals("ok")
                                ? "{a=ok}"
                                : "{a=!node(s) didn't match Pod's node affinity/selector}");
    }

    @Test
    void aPodThatNamesItsNodeInAFieldIsNotTriedElsewhere() {
        var term =
                new NodeSelectorTerm(
                        List.of(),
                        List.of(new NodeSelectorRequirement("metadata.name", "In", List.of("b"))));
        var given = Given.nodes(node("a"), node("b"));

        assertThat(given.filter(new io.coxswain.scheduler.plugins.NodeAffinity(), bound(term)))
                .isEqualTo("{a=!node(s) didn't satisfy plugin(s) [NodeAffinity], b=ok}");
    }

    @Test
    void anEmptyAffinityTermMatchesNothing() {
        var given = Given.nodes(node("a"));

        assertThat(
                        given.filter(
                                new io.coxswain.scheduler.plugins.NodeAffinity(),
                                bound(new NodeSelectorTerm(List.of(), List.of()))))
                .contains("didn't match");
    }

    @Test
    void aNodeSelectorNeedsEveryLabel() {
        var given = Given.nodes(node("a").labelled("disk", "ssd"), node("b"));
        var picky =
                pod("web")
                        .spec(spec ->
                                Edit.with(spec, PodSpec::nodeSelector, Map.of("disk", "ssd")));

        assertThat(given.filter(new io.coxswain.scheduler.plugins.NodeAffinity(), picky))
                .isEqualTo("{a=ok, b=!node(s) didn't match Pod's node affinity/selector}");
    }

    @ParameterizedTest
    @CsvSource({
        "'', TCP, taken",
        "10.0.0.1, TCP, taken",
        "'', UDP, ok",
    })
    void aHostPortIsGivenOnce(String ip, String protocol, String answer) {
        var given = Given.nodes(node("a")).with(port(pod("old").on("a"), 8080, "TCP", "10.0.0.1"));

        assertThat(given.filter(new NodePorts(), port(pod("new"), 8080, protocol, ip)))
                .isEqualTo(
                        answer.equals("ok")
                                ? "{a=ok}"
                                : "{a=node(s) didn't have free ports for the requested pod"
                                        + " ports}");
    }

    @Test
    void allThatIsLackingIsSaidAndWhatNoEvictionCouldHelpIsMarked() {
        var given =
                Given.nodes(
                                node("busy").allocatable("cpu", "2"),
                                node("small").allocatable("cpu", "1"),
                                node("full").allocatable("pods", "1").allocatable("cpu", "2"))
                        .with(pod("x").on("busy").requests("cpu", "1"))
                        .with(pod("y").on("full").requests("cpu", "1"));
        var wants = pod("web").requests("cpu", "1500m").requests("nvidia.com/gpu", "0");

        assertThat(given.filter(new NodeResourcesFit(), wants))
                .isEqualTo(
                        "{busy=Insufficient cpu, full=Too many pods, Insufficient cpu,"
                                + " small=!Insufficient cpu}");
    }

    @Test
    void anExtendedResourceIsCountedLikeAnyOther() {
        var given =
                Given.nodes(node("a").allocatable("nvidia.com/gpu", "1"), node("b"))
                        .with(pod("x").on("a").requests("nvidia.com/gpu", "1"));

        assertThat(given.filter(new NodeResourcesFit(), pod("p").requests("nvidia.com/gpu", "1")))
                .isEqualTo("{a=Insufficient nvidia.com/gpu, b=!Insufficient nvidia.com/gpu}");
    }

    @Test
    void spreadKeepsZonesEven() {
        var given =
                Given.nodes(zoned("a", "z1"), zoned("b", "z2"), node("c"))
                        .with(pod("x").labelled("app", "web").on("a"));

        assertThat(given.filter(new PodTopologySpread(), spread()))
                .isEqualTo(
                        "{a=node(s) didn't match pod topology spread constraints, b=ok,"
                                + " c=!node(s) didn't match pod topology spread constraints"
                                + " (missing required label)}");
    }

    @Test
    void antiAffinityWorksBothWays() {
        var given =
                Given.nodes(node("a"), node("b"), node("c"))
                        .with(pod("x").labelled("app", "db").on("a"))
                        .with(apart(pod("y").on("b"), "web"));

        assertThat(given.filter(new InterPodAffinity(), apart(web(), "db")))
                .isEqualTo(
                        "{a=node(s) didn't match pod anti-affinity rules,"
                                + " b=node(s) didn't satisfy existing pods anti-affinity rules,"
                                + " c=ok}");
    }

    @Test
    void affinityDrawsTogetherAndTheFirstOfAGroupMayGoAnywhere() {
        var given = Given.nodes(node("a"), node("b"));
        assertThat(given.filter(new InterPodAffinity(), near(web(), "web")))
                .isEqualTo("{a=ok, b=ok}");
        assertThat(given.filter(new InterPodAffinity(), near(web(), "db")))
                .contains("!node(s) didn't match pod affinity rules");

        given.with(pod("first").labelled("app", "web").on("a"));

        assertThat(given.filter(new InterPodAffinity(), near(web(), "web")))
                .isEqualTo("{a=ok, b=!node(s) didn't match pod affinity rules}");
    }

    private static PodNoun web() {
        return pod("web").labelled("app", "web");
    }

    private static NodeNoun zoned(String name, String zone) {
        return node(name).labelled(ZONE, zone);
    }

    private static PodNoun tolerating(String key, String operator, String value, String effect) {
        return pod("web").tolerates(new Toleration(key, operator, value, effect, null));
    }

    private static PodNoun bound(NodeSelectorTerm term) {
        var affinity =
                new Affinity(
                        new NodeAffinity(new NodeSelector(List.of(term)), List.of()), null, null);
        return pod("web").spec(spec -> Edit.with(spec, PodSpec::affinity, affinity));
    }

    private static PodNoun port(PodNoun noun, int port, String protocol, String ip) {
        var ports = List.of(new ContainerPort("", port, 80, protocol, ip));
        return noun.spec(spec ->
                Edit.with(
                        spec,
                        PodSpec::containers,
                        List.of(Edit.with(spec.containers().getFirst(), Container::ports, ports))));
    }

    private static PodNoun spread() {
        var constraint =
                new TopologySpreadConstraint(
                        1,
                        ZONE,
                        "DoNotSchedule",
                        selector("app", "web"),
                        null,
                        null,
                        null,
                        List.of());
        return web().spec(spec ->
                Edit.with(spec, PodSpec::topologySpreadConstraints, List.of(constraint)));
    }

    private static PodNoun apart(PodNoun noun, String app) {
        var affinity = new Affinity(null, null, new PodAntiAffinity(List.of(term(app)), List.of()));
        return noun.spec(spec -> Edit.with(spec, PodSpec::affinity, affinity));
    }

    private static PodNoun near(PodNoun noun, String app) {
        var affinity = new Affinity(null, new PodAffinity(List.of(term(app)), List.of()), null);
        return noun.spec(spec -> Edit.with(spec, PodSpec::affinity, affinity));
    }

    private static PodAffinityTerm term(String app) {
        return new PodAffinityTerm(
                selector("app", app),
                List.of(),
                "kubernetes.io/hostname",
                null,
                List.of(),
                List.of());
    }
}
