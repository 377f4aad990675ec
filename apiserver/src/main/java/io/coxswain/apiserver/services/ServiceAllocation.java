package io.coxswain.apiserver.services;

import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ServicePort;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.base.Clock;
import io.coxswain.storage.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Gives Services their cluster IP and node ports, and refuses ones that are taken.
///
/// What is in use is read from the stored Services; what was given out a moment ago and is not
/// stored yet is remembered for some seconds, so that two writers at once never get the same.
public final class ServiceAllocation implements AdmissionPlugin {

    private static final int PORT_MIN = 30000;
    private static final int PORT_MAX = 32767;
    private static final Duration REMEMBERED = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 64;

    private final AddressRange range;
    private final Store store;
    private final Catalog catalog;
    private final Clock clock;
    private final RandomGenerator random;
    private final Map<String, Long> givenOut = new HashMap<>();

    public ServiceAllocation(
            AddressRange range, Store store, Catalog catalog, Clock clock, RandomGenerator random) {
        this.range = range;
        this.store = store;
        this.catalog = catalog;
        this.clock = clock;
        this.random = random;
    }

    @Override
    @SuppressWarnings("unchecked")
    public <T> T allocate(AdmissionRequest<T> request, T object) {
        var writes =
                request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (!writes || !request.subresource().isEmpty() || !(object instanceof Service service)) {
            return object;
        }
        var old = request.old() instanceof Service stored ? stored.spec() : null;
        return (T) Edit.with(service, Service::spec, given(request.dryRun(), service, old));
    }

    /// What a dry run is shown stays free.
    private synchronized ServiceSpec given(
            boolean dryRun, Service service, @Nullable ServiceSpec old) {
        var before = Map.copyOf(givenOut);
        var spec = withAddresses(service, old);
        if (dryRun) {
            givenOut.clear();
            givenOut.putAll(before);
        }
        return spec;
    }

    /// A Service that goes gives back at once what it was given a moment ago.
    @Override
    public synchronized <T> void validate(AdmissionRequest<T> request, T object) {
        if (request.operation() == Operation.DELETE
                && !request.dryRun()
                && object instanceof Service service) {
            givenOut.keySet().removeAll(service.spec().clusterIPs());
            service.spec().ports().forEach(port -> givenOut.remove(key(port)));
        }
    }

    private ServiceSpec withAddresses(Service service, @Nullable ServiceSpec old) {
        forget();
        var used = new HashSet<>(givenOut.keySet());
        for (var other : catalog.all(store.snapshot(), Service.class)) {
            if (!other.uid().equals(service.uid())) {
                used.addAll(other.spec().clusterIPs());
                other.spec().ports().forEach(port -> used.add(key(port)));
            }
        }
        var spec = withAddress(service, old, used);
        return needsNodePorts(spec)
                ? withNodePorts(service, spec, old, used)
                : withoutNodePorts(spec);
    }

    private ServiceSpec withAddress(Service service, @Nullable ServiceSpec old, Set<String> used) {
        var spec = service.spec();
        if (spec.type().equals("ExternalName")) {
            return Edit.of(spec)
                    .set(ServiceSpec::clusterIP, "")
                    .set(ServiceSpec::clusterIPs, List.of())
                    .done();
        }
        var asked = spec.clusterIP();
        if (asked.isEmpty() && old != null) {
            asked = old.clusterIP();
        }
        var kept = old != null && !asked.isEmpty() && asked.equals(old.clusterIP());
        var address = asked.isEmpty() ? free(used) : asked;
        if (!kept && !asked.isEmpty() && !asked.equals("None")) {
            check(service, asked, used);
        }
        if (!address.equals("None")) {
            givenOut.put(address, clock.nanos());
        }
        var families = spec.ipFamilies().isEmpty() ? List.of("IPv4") : spec.ipFamilies();
        var policy = spec.ipFamilyPolicy();
        return Edit.of(spec)
                .set(ServiceSpec::clusterIP, address)
                .set(ServiceSpec::clusterIPs, List.of(address))
                .set(ServiceSpec::ipFamilies, families)
                .set(ServiceSpec::ipFamilyPolicy, policy == null ? "SingleStack" : policy)
                .done();
    }

    private void check(Service service, String asked, Set<String> used) {
        var errors = new FieldErrors();
        var field = errors.at("spec").at("clusterIPs");
        if (!range.contains(asked)) {
            field.invalid(
                    List.of(asked),
                    "failed to allocate IP "
                            + asked
                            + ": the provided IP is not in the valid range");
        } else if (used.contains(asked)) {
            field.invalid(
                    List.of(asked),
                    "failed to allocate IP " + asked + ": provided IP is already allocated");
        }
        if (!errors.isEmpty()) {
            throw Errors.invalid("", "Service", service.name(), errors.all());
        }
    }

    /// A free address, from the upper part of the range: the lower one is left for those that are
    /// asked for by name (KEP-3070).
    private String free(Set<String> used) {
        var reserved = Math.min(256, Math.max(16, range.size() / 16));
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            var address = range.at(reserved + random.nextLong(range.size() - reserved - 1));
            if (!used.contains(address)) {
                return address;
            }
        }
        for (var offset = range.size() - 2; offset > 0; offset--) {
            if (!used.contains(range.at(offset))) {
                return range.at(offset);
            }
        }
        throw Errors.internal("failed to allocate a serviceIP: range is full");
    }

    private static boolean needsNodePorts(ServiceSpec spec) {
        return spec.type().equals("NodePort")
                || (spec.type().equals("LoadBalancer")
                        && !Boolean.FALSE.equals(spec.allocateLoadBalancerNodePorts()));
    }

    private ServiceSpec withNodePorts(
            Service service, ServiceSpec spec, @Nullable ServiceSpec old, Set<String> used) {
        var ports = new ArrayList<ServicePort>();
        for (var port : spec.ports()) {
            var given = withNodePort(service, port, old, used);
            givenOut.put(key(given), clock.nanos());
            used.add(key(given));
            ports.add(given);
        }
        return Edit.with(spec, ServiceSpec::ports, ports);
    }

    private ServicePort withNodePort(
            Service service, ServicePort port, @Nullable ServiceSpec old, Set<String> used) {
        var before = before(port, old);
        if (port.nodePort() == 0) {
            return Edit.with(
                    port,
                    ServicePort::nodePort,
                    before == 0 ? freePort(port.protocol(), used) : before);
        }
        if (port.nodePort() != before && used.contains(key(port))) {
            var errors = new FieldErrors();
            errors.at("spec")
                    .at("ports")
                    .at(service.spec().ports().indexOf(port))
                    .at("nodePort")
                    .invalid(port.nodePort(), "provided port is already allocated");
            throw Errors.invalid("", "Service", service.name(), errors.all());
        }
        return port;
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

    private int freePort(String protocol, Set<String> used) {
        var count = PORT_MAX - PORT_MIN + 1;
        var start = random.nextInt(count);
        for (var i = 0; i < count; i++) {
            var port = PORT_MIN + (start + i) % count;
            if (!used.contains(protocol + ":" + port)) {
                return port;
            }
        }
        throw Errors.internal("failed to allocate a nodePort: range is full");
    }

    /// Node ports go when a Service no longer needs them.
    private static ServiceSpec withoutNodePorts(ServiceSpec spec) {
        if (spec.ports().stream().allMatch(port -> port.nodePort() == 0)) {
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
