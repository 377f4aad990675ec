package io.coxswain.network.routes;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.node;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Node.NodeAddress;
import io.coxswain.api.core.Node.NodeSpec;
import io.coxswain.api.core.Node.NodeStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.ManualClock;
import io.coxswain.base.SimulatedLoops;
import io.coxswain.network.GivenInformers;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoutingTest {

    private static final RoutesConfiguration CONFIGURATION =
            new RoutesConfiguration("n1", List.of("10.244.0.0/16"), List.of("10.96.0.0/12"));
    private static final Route PODS = new Route.Nowhere("10.244.0.0/16");
    private static final Route SERVICES = new Route.Rewritten("10.96.0.0/12");
    private static final Route OTHER = new Route.Via("10.244.1.0/24", "192.0.2.3");

    private static final Node N1 = at("n1", "192.0.2.2", "10.244.0.0/24");
    private static final Node N2 = at("n2", "192.0.2.3", "10.244.1.0/24");

    private final SimulatedLoops loops = new SimulatedLoops(new ManualClock(NOW), 1);
    private final GivenInformers informers = new GivenInformers();
    private final FakeTable table = new FakeTable();

    @Test
    void routesToThePodsOfOtherNodes() {
        assertThat(Routing.of(CONFIGURATION, List.of(N1, N2)))
                .containsExactlyInAnyOrder(PODS, SERVICES, OTHER);
    }

    @Test
    void hasNoRouteToANodeWithoutPodsOrWithItsOwnAddress() {
        var nodes = List.of(N1, at("n2", "192.0.2.3", ""), at("n3", "192.0.2.2", "10.244.3.0/24"));

        assertThat(Routing.of(CONFIGURATION, nodes)).containsExactlyInAnyOrder(PODS, SERVICES);
    }

    @Test
    void guardsAtOnceAndLeavesOldRoutesUntilNodesAreKnown() {
        var stale = new Route.Via("10.244.9.0/24", "192.0.2.9");
        table.routes.add(stale);
        var routes = new Routes(CONFIGURATION, informers, table, loops);
        routes.start();
        loops.settle();
        assertThat(table.routes).containsExactlyInAnyOrder(PODS, SERVICES, stale);

        informers.give(Node.class, List.of(N1, N2));
        loops.settle();
        assertThat(table.routes).containsExactlyInAnyOrder(PODS, SERVICES, OTHER);

        routes.close();
        assertThat(table.routes).isEmpty();
    }

    @Test
    void triesARefusedRouteAgain() {
        table.refused = "10.244.1.0/24";
        new Routes(CONFIGURATION, informers, table, loops).start();
        informers.give(Node.class, List.of(N1, N2, at("n3", "192.0.2.4", "10.244.3.0/24")));
        loops.settle();
        assertThat(table.routes).hasSize(3).doesNotContain(OTHER);

        table.refused = "";
        loops.advance(Duration.ofMinutes(1));
        assertThat(table.routes).contains(OTHER);
    }

    @Test
    void readsWhatTheKernelLists() {
        assertThat(RouteTable.WithIp.parse("10.244.1.0/24 via 192.0.2.3 dev eth0 "))
                .isEqualTo(OTHER);
        assertThat(RouteTable.WithIp.parse("unreachable 10.244.0.0/16 metric 4000000000 "))
                .isEqualTo(PODS);
        assertThat(RouteTable.WithIp.parse("10.96.0.0/12 dev lo scope link metric 4000000000"))
                .isEqualTo(SERVICES);
        assertThat(RouteTable.WithIp.parse("")).isNull();
    }

    private static Node at(String name, String address, String cidr) {
        return node(name)
                .spec(spec -> Edit.with(spec, NodeSpec::podCIDR, cidr))
                .status(status ->
                        Edit.with(
                                status,
                                NodeStatus::addresses,
                                List.of(new NodeAddress("InternalIP", address))))
                .build();
    }

    private static final class FakeTable implements RouteTable {
        final Set<Route> routes = new HashSet<>();
        String refused = "";

        @Override
        public Set<Route> ours() {
            return Set.copyOf(routes);
        }

        @Override
        public void add(Route route) {
            if (route.destination().equals(refused)) {
                throw new IllegalStateException("Nexthop has invalid gateway.");
            }
            routes.add(route);
        }

        @Override
        public void remove(Route route) {
            routes.remove(route);
        }
    }
}
