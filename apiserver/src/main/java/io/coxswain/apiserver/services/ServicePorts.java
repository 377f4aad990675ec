package io.coxswain.apiserver.services;

import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ServicePort;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.base.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The node ports of Services, and the port where a load balancer asks for their health.
///
/// What is in use is read from the stored Services; what was given out a moment ago and is not
/// stored yet is remembered for some seconds, so that two writers at once never get the same.
final class ServicePorts {

    private static final int PORT_MIN = 30000;
    private static final int PORT_MAX = 32767;
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, Long> givenOut = new HashMap<>();

    private final PortClaims claims;

    ServicePorts(PortClaims claims, Clock clock, RandomGenerator random) {
        this.claims = claims;
        this.clock = clock;
        this.random = random;
    }

    /// @param others every stored Service
    /// @param dryRun what is shown stays free
    synchronized ServiceSpec given(
            Service service, @Nullable ServiceSpec old, List<Service> others, boolean dryRun) {
        forget();
        var before = Map.copyOf(givenOut);
        var used = new HashSet<>(givenOut.keySet());
        for (var other : others) {
            if (!other.uid().equals(service.uid())) {
                keys(other.spec()).forEach(used::add);
            }
        }
        var spec = health(service, old, used, dryRun);
        spec =
                needsNodePorts(spec)
                        ? withNodePorts(service, spec, old, used, dryRun)
                        : withoutNodePorts(spec);
        if (dryRun) {
            givenOut.clear();
            givenOut.putAll(before);
        }
        return spec;
    }

    synchronized void release(ServiceSpec spec) {
        givenOut.keySet().removeAll(keys(spec));
        claims.release(keys(spec));
    }

    private static List<String> keys(ServiceSpec spec) {
        var keys = new ArrayList<String>();
        spec.ports().forEach(port -> keys.add(key(port)));
        if (spec.healthCheckNodePort() != 0) {
            keys.add("TCP:" + spec.healthCheckNodePort());
        }
        return keys;
    }

    private ServiceSpec health(
            Service service, @Nullable ServiceSpec old, Set<String> used, boolean dryRun) {
        var spec = service.spec();
        if (!asksForHealth(spec)) {
            return Edit.with(spec, ServiceSpec::healthCheckNodePort, 0);
        }
        var before = old == null || !asksForHealth(old) ? 0 : old.healthCheckNodePort();
        var wanted = spec.healthCheckNodePort();
        if (wanted == 0) {
            wanted = before == 0 ? freePort("TCP", service, used, dryRun) : before;
        } else if (wanted != before && !mine("TCP:" + wanted, service, used, dryRun)) {
            var errors = new FieldErrors();
            errors.at("spec")
                    .at("healthCheckNodePort")
                    .invalid(wanted, "provided port is already allocated");
            throw Errors.invalid("", "Service", service.name(), errors.all());
        }
        givenOut.put("TCP:" + wanted, clock.nanos());
        used.add("TCP:" + wanted);
        return Edit.with(spec, ServiceSpec::healthCheckNodePort, wanted);
    }

    private static boolean asksForHealth(ServiceSpec spec) {
        return spec.type().equals("LoadBalancer") && spec.externalTrafficPolicy().equals("Local");
    }

    private static boolean needsNodePorts(ServiceSpec spec) {
        return spec.type().equals("NodePort")
                || (spec.type().equals("LoadBalancer")
                        && !Boolean.FALSE.equals(spec.allocateLoadBalancerNodePorts()));
    }

    private ServiceSpec withNodePorts(
            Service service,
            ServiceSpec spec,
            @Nullable ServiceSpec old,
            Set<String> used,
            boolean dryRun) {
        var ports = new ArrayList<ServicePort>();
        for (var port : spec.ports()) {
            var given = withNodePort(service, port, old, used, dryRun);
            givenOut.put(key(given), clock.nanos());
            used.add(key(given));
            ports.add(given);
        }
        return Edit.with(spec, ServiceSpec::ports, ports);
    }

    private ServicePort withNodePort(
            Service service,
            ServicePort port,
            @Nullable ServiceSpec old,
            Set<String> used,
            boolean dryRun) {
        var before = before(port, old);
        if (port.nodePort() == 0) {
            return Edit.with(
                    port,
                    ServicePort::nodePort,
                    before == 0 ? freePort(port.protocol(), service, used, dryRun) : before);
        }
        var known = old == null ? List.<String>of() : keys(old);
        if (!known.contains(key(port)) && !mine(key(port), service, used, dryRun)) {
            throw refused(service, port, "provided port is already allocated");
        }
        if (!dryRun && !known.contains(key(port)) && outside(port.nodePort())) {
            throw refused(
                    service,
                    port,
                    "provided port is not in the valid range. The range of valid ports is "
                            + PORT_MIN
                            + "-"
                            + PORT_MAX);
        }
        return port;
    }

    private static boolean outside(int port) {
        return port < PORT_MIN || port > PORT_MAX;
    }

    private static ApiError refused(Service service, ServicePort port, String why) {
        var errors = new FieldErrors();
        errors.at("spec")
                .at("ports")
                .at(service.spec().ports().indexOf(port))
                .at("nodePort")
                .invalid(port.nodePort(), why);
        return Errors.invalid("", "Service", service.name(), errors.all());
    }

    /// The node port that the same port had before.
    private static int before(ServicePort port, @Nullable ServiceSpec old) {
        if (old == null) {
            return 0;
        }
        return old.ports().stream()
                .filter(other -> other.port() == port.port())
                .filter(other -> other.protocol().equals(port.protocol()))
                .mapToInt(ServicePort::nodePort)
                .findFirst()
                .orElse(0);
    }

    private int freePort(String protocol, Service service, Set<String> used, boolean dryRun) {
        var count = PORT_MAX - PORT_MIN + 1;
        var start = random.nextInt(count);
        for (var i = 0; i < count; i++) {
            var port = PORT_MIN + (start + i) % count;
            if (mine(protocol + ":" + port, service, used, dryRun)) {
                return port;
            }
        }
        throw Errors.internal("failed to allocate a nodePort: range is full");
    }

    /// Whether nobody else has the port, here or at another server.
    private boolean mine(String port, Service service, Set<String> used, boolean dryRun) {
        return !used.contains(port) && (dryRun || claims.take(port, service));
    }

    /// Node ports go when a Service no longer needs them.
    private static ServiceSpec withoutNodePorts(ServiceSpec spec) {
        var kept =
                spec.type().equals("LoadBalancer")
                        || spec.ports().stream().allMatch(port -> port.nodePort() == 0);
        if (kept) {
            return spec;
        }
        var ports =
                spec.ports().stream()
                        .map(port -> Edit.with(port, ServicePort::nodePort, 0))
                        .toList();
        return Edit.with(spec, ServiceSpec::ports, ports);
    }

    private void forget() {
        var oldest = clock.nanos() - REMEMBERED.toNanos();
        givenOut.values().removeIf(time -> time < oldest);
    }

    private static String key(ServicePort port) {
        return port.protocol() + ":" + port.nodePort();
    }
}
