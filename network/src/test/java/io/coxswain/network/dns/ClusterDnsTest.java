package io.coxswain.network.dns;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.view;
import static io.coxswain.network.ServiceNoun.service;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Node.NodeAddress;
import io.coxswain.api.core.Node.NodeStatus;
import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.client.ApiClient;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.fixture.NodeNoun;
import io.coxswain.client.fixture.Nouns;
import io.coxswain.http.BodyQueue;
import io.coxswain.http.Exchange;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.dns.DnsQuestion;
import io.coxswain.http.dns.DnsReply;
import io.coxswain.http.dns.DnsReply.Code;
import io.coxswain.http.dns.DnsType;
import io.coxswain.network.GivenInformers;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClusterDnsTest {

    private static final DnsConfiguration CONFIGURATION =
            DnsConfiguration.of("cluster.local", "10.96.0.10", "n1", "127.0.0.1");

    private final List<String> writes = new ArrayList<>();
    private final SimulatedLoops loops = new SimulatedLoops(new ManualClock(NOW), 1);
    private final GivenInformers informers = new GivenInformers();
    private final ClusterDns dns =
            new ClusterDns(CONFIGURATION, new ApiClient(this::open, "test"), informers, loops);

    @BeforeEach
    void start() {
        dns.start();
    }

    @AfterEach
    void close() {
        dns.close();
    }

    @Test
    void failsUntilItKnowsTheCluster() {
        assertThat(ask("web.default.svc.cluster.local.").code()).isEqualTo(Code.SERVER_FAILURE);
    }

    @Test
    void followsTheCluster() {
        informers.give(Namespace.class, List.of(any(Namespace.class, "default").build()));
        informers.give(EndpointSlice.class, List.of());
        informers.give(Service.class, List.of());
        loops.settle();
        assertThat(ask("web.default.svc.cluster.local.").code()).isEqualTo(Code.NO_SUCH_NAME);

        informers.give(
                Service.class, List.of(service("web").at("10.96.0.20").port("", "TCP", 1).build()));
        loops.advance(Duration.ofSeconds(1));
        assertThat(ask("web.default.svc.cluster.local.").answers()).hasSize(1);
    }

    @Test
    void othersNamesDoNotExistWhenNobodyMayBeAsked() {
        know(List.of(), List.of());

        assertThat(ask("example.org.")).isEqualTo(DnsReply.failed(Code.NO_SUCH_NAME));
    }

    @Test
    void saysOnItsNodeWhereItListens() {
        know(List.of(), List.of());

        assertThat(writes).containsExactly("PATCH /api/v1/nodes/n1");
        assertThat(dns.ready()).isFalse();

        informers.give(EndpointSlice.class, List.of(slice(node(Integer.toString(dns.port())))));
        loops.advance(Duration.ofSeconds(1));

        assertThat(writes).hasSize(1);
        assertThat(dns.ready()).isTrue();
    }

    @Test
    void theClusterLearnsItFromTheNode() {
        var publisher = DnsPublisher.registration("10.96.0.10").controller();
        var node = node("5300");

        var plan = publisher.reconcile(node, view(node));

        assertThat(plan.steps())
                .containsExactly(
                        new Step.Create(DnsObjects.service("10.96.0.10"), true),
                        Step.create(slice(node)));
        assertThat(slice(node).endpoints().getFirst().addresses()).containsExactly("192.0.2.1");
        assertThat(slice(node).ports())
                .extracting(EndpointSlice.EndpointPort::port)
                .containsOnly(5300);
    }

    @Test
    void whatIsRightStaysAndWhatIsNotIsCorrected() {
        var publisher = DnsPublisher.registration("10.96.0.10").controller();
        var service = DnsObjects.service("10.96.0.10");
        var node = node("5300");
        var silent = any(Node.class, "n1").build();
        var right = slice(node);
        var moved = slice(node("1"));

        assertThat(publisher.reconcile(node, view(node, service, right))).isEqualTo(Plan.NOTHING);
        assertThat(publisher.reconcile(node, view(node, service, moved)).steps())
                .containsExactly(Step.update(right));
        assertThat(publisher.reconcile(silent, view(silent, service, right)).steps())
                .containsExactly(Step.delete(right));
        assertThat(publisher.gone("", "n1", view(service, right)).steps())
                .containsExactly(Step.delete(right));
        assertThat(publisher.reconcile(node("nonsense"), view(service))).isEqualTo(Plan.NOTHING);
    }

    @Test
    void aNodeThatIsNotReadyIsNotAsked() {
        var node = nouns("5300").condition("Ready", "Unknown", NOW).build();

        assertThat(slice(node).endpoints().getFirst().conditions().ready()).isFalse();
        assertThat(slice(node("5300")).endpoints().getFirst().conditions().ready()).isTrue();
    }

    @Test
    void aServiceWithPodsOfItsOwnIsLeftAlone() {
        var publisher = DnsPublisher.registration("10.96.0.10").controller();
        var own =
                Edit.with(
                        DnsObjects.service("10.96.0.10"),
                        Service::spec,
                        Edit.with(
                                DnsObjects.service("10.96.0.10").spec(),
                                ServiceSpec::selector,
                                Map.of("k8s-app", "kube-dns")));

        assertThat(publisher.reconcile(node("5300"), view(own))).isEqualTo(Plan.NOTHING);
    }

    private static NodeNoun nouns(String port) {
        return Nouns.node("n1")
                .annotated("coxswain.io/cluster-dns-port", port)
                .status(status ->
                        Edit.with(
                                status,
                                NodeStatus::addresses,
                                List.of(new NodeAddress("InternalIP", "192.0.2.1"))));
    }

    private static Node node(String port) {
        return nouns(port).condition("Ready", "True", NOW).build();
    }

    private static EndpointSlice slice(Node node) {
        return Objects.requireNonNull(DnsObjects.slice(node));
    }

    private void know(List<Service> services, List<EndpointSlice> slices) {
        informers.give(Namespace.class, List.of());
        informers.give(Service.class, services);
        informers.give(EndpointSlice.class, slices);
        loops.advance(Duration.ofMillis(500));
    }

    private DnsReply ask(String name) {
        var replies = new ArrayList<DnsReply>();
        var question = new DnsQuestion(name, DnsType.A, 1, new InetSocketAddress(0));
        dns.handle(question, replies::add);
        return replies.getFirst();
    }

    /// Every write succeeds.
    private Exchange open(Request request) {
        writes.add(request.method() + " " + request.path());
        var node = "{\"kind\": \"Node\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"n1\"}}";
        return whole(200, node.getBytes(StandardCharsets.UTF_8));
    }

    private static Exchange whole(int status, byte[] body) {
        return new Exchange(
                status,
                Headers.of("content-length", Integer.toString(body.length)),
                BodyQueue.of(Payload.of(body)));
    }
}
