package io.coxswain.network.routes;

import io.coxswain.network.host.Programs;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Those of the kernel's routes that are marked as ours.
public interface RouteTable {

    Set<Route> ours();

    /// Throws when the kernel refuses, for instance because the gateway is on no network of ours.
    void add(Route route);

    void remove(Route route);

    /// The table of this network namespace, by the program `ip`.
    RouteTable HOST = new WithIp(List.of());

    /// Uses the program `ip`.
    ///
    /// @param prefix what to put before each command, such as `ip netns exec NAME`
    record WithIp(List<String> prefix) implements RouteTable {

        /// Neither the kernel nor a known routing program uses this number.
        private static final String PROTOCOL = "142";

        /// Any other route of the same range goes first.
        private static final String LAST = "4000000000";

        @Override
        public Set<Route> ours() {
            var routes = new HashSet<Route>();
            var listed = run("show", "proto", PROTOCOL);
            listed.lines()
                    .map(WithIp::parse)
                    .forEach(route -> {
                        if (route != null) {
                            routes.add(route);
                        }
                    });
            return routes;
        }

        @Override
        public void add(Route route) {
            switch (route) {
                case Route.Via(var to, var gateway) ->
                        run("replace", to, "via", gateway, "proto", PROTOCOL);
                case Route.Nowhere(var to) ->
                        run("replace", "unreachable", to, "metric", LAST, "proto", PROTOCOL);
                case Route.Rewritten(var to) ->
                        run(
                                "replace", to, "dev", "lo", "mtu", "1500", "metric", LAST, "proto",
                                PROTOCOL);
            }
        }

        @Override
        public void remove(Route route) {
            switch (route) {
                case Route.Via(var to, var gateway) ->
                        run("delete", to, "via", gateway, "proto", PROTOCOL);
                case Route.Nowhere(var to) ->
                        run("delete", "unreachable", to, "metric", LAST, "proto", PROTOCOL);
                case Route.Rewritten(var to) ->
                        run("delete", to, "dev", "lo", "metric", LAST, "proto", PROTOCOL);
            }
        }

        /// A line such as `10.244.1.0/24 via 192.0.2.3 dev eth0`.
        static @Nullable Route parse(String line) {
            var words = List.of(line.strip().split("\\s+"));
            if (words.size() < 2) {
                return null;
            }
            if (words.get(0).equals("unreachable")) {
                return new Route.Nowhere(words.get(1));
            }
            if (words.get(1).equals("via") && words.size() > 2) {
                return new Route.Via(words.get(0), words.get(2));
            }
            return words.contains("lo") ? new Route.Rewritten(words.get(0)) : null;
        }

        private String run(String... words) {
            var command = new ArrayList<>(prefix);
            command.addAll(List.of("ip", "-4", "route"));
            command.addAll(List.of(words));
            return Programs.require("", command);
        }
    }
}
