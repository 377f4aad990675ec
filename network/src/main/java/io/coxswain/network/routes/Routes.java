package io.coxswain.network.routes;

import io.coxswain.api.core.Node;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.client.Informer;
import io.coxswain.client.Informers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps this node's routes to the pods of other nodes, and the guards, in the kernel.
///
/// A route that the kernel refuses is reported once and tried again later: a node on another
/// network, or a simulated one, is no reason to leave the others without routes.
public final class Routes implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Routes.class);

    private static final Duration CHECK = Duration.ofSeconds(30);

    private final RoutesConfiguration configuration;
    private final Informer<Node> nodes;
    private final RouteTable table;
    private final Loops loops;
    private final Set<Route> refused = new HashSet<>();

    private Loops.@Nullable Running running;

    public Routes(
            RoutesConfiguration configuration, Informers informers, RouteTable table, Loops loops) {
        this.configuration = configuration;
        this.nodes = informers.of(Node.class);
        this.table = table;
        this.loops = loops;
    }

    public void start() {
        var loop = loops.start("routes", this::runOnce);
        running = loop;
        nodes.onChange((before, after) -> {
            // Heartbeats change nodes all the time.
            if (before == null || after == null || !sameWay(before, after)) {
                loop.wake();
            }
        });
        nodes.onSynced(loop::wake);
    }

    @Override
    public void close() {
        if (running != null) {
            running.stop();
        }
        cleanup(table);
    }

    /// Takes away what is marked as ours, also from an earlier run.
    public static void cleanup(RouteTable table) {
        table.ours().forEach(table::remove);
    }

    private Loop.Next runOnce() {
        var synced = nodes.synced();
        var wanted =
                synced
                        ? Routing.of(configuration, nodes.all().toList())
                        : Routing.guards(configuration);
        var present = table.ours();
        if (synced) {
            present.stream().filter(route -> !wanted.contains(route)).forEach(table::remove);
        }
        wanted.stream().filter(route -> !present.contains(route)).forEach(this::add);
        refused.retainAll(wanted);
        return Loop.Next.in(loops.clock(), CHECK);
    }

    private void add(Route route) {
        try {
            table.add(route);
            refused.remove(route);
        } catch (RuntimeException e) {
            if (refused.add(route)) {
                log.info("no route to {}: {}", route.destination(), e.getMessage());
            }
        }
    }

    private static boolean sameWay(Node before, Node after) {
        return before.spec().podCIDRs().equals(after.spec().podCIDRs())
                && before.spec().podCIDR().equals(after.spec().podCIDR())
                && before.status().addresses().equals(after.status().addresses())
                && before.deleting() == after.deleting();
    }
}
