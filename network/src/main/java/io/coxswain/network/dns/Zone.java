package io.coxswain.network.dns;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.http.dns.DnsAnswer;
import io.coxswain.http.dns.DnsReply;
import io.coxswain.http.dns.DnsType;
import io.coxswain.network.host.Ipv4;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// All names of a cluster at one moment. Immutable.
///
/// ```
/// web.default.svc.cluster.local.              A    10.96.0.20
/// _http._tcp.web.default.svc.cluster.local.   SRV  0 100 80 web.default.svc.cluster.local.
/// db-0.db.default.svc.cluster.local.          A    10.244.0.7    (headless)
/// 10-244-0-7.default.pod.cluster.local.       A    10.244.0.7
/// 20.0.96.10.in-addr.arpa.                    PTR  web.default.svc.cluster.local.
/// ```
/// A name that exists without a record of the wanted type gets an empty answer; one that does not
/// exist, `NXDOMAIN`. Both carry the zone's SOA, so that clients remember them.
public final class Zone {

    private static final String REVERSE = ".in-addr.arpa.";
    private static final String SPECIFICATION = "1.1.0";
    private static final int VERSION_TTL = 28_800;
    private static final int ALIASES_MAX = 8;

    private final String domain;
    private final String serviceAddress;
    private final int ttl;
    private final int serial;
    private final Map<String, ServiceNames> services = new HashMap<>();
    private final Set<String> namespaces = new HashSet<>();
    private final Map<String, List<String>> reverse = new HashMap<>();

    private Zone(DnsConfiguration configuration, int serial) {
        this.domain = configuration.domain() + ".";
        this.serviceAddress = configuration.serviceAddress();
        this.ttl = configuration.ttlSeconds();
        this.serial = serial;
    }

    /// @param serial grows with each zone of a cluster
    public static Zone of(
            DnsConfiguration configuration,
            int serial,
            Collection<Namespace> namespaces,
            Collection<Service> services,
            Collection<EndpointSlice> slices) {
        var zone = new Zone(configuration, serial);
        namespaces.forEach(namespace -> zone.namespaces.add(namespace.name()));
        var byService = slices.stream().collect(Collectors.groupingBy(Zone::serviceOf));
        for (var service : services) {
            var key = key(service.name(), service.namespace());
            zone.add(ServiceNames.of(service, byService.getOrDefault(key, List.of())));
        }
        return zone;
    }

    /// The answer, or null when the name is none of the cluster's.
    ///
    /// @param name in lower case, with the dot at its end
    public @Nullable DnsReply answer(String name, DnsType type) {
        if (name.endsWith(REVERSE)) {
            return pointer(name, type);
        }
        if (name.equals(domain)) {
            return apex(type);
        }
        if (!name.endsWith("." + domain)) {
            return null;
        }
        var prefix = name.substring(0, name.length() - domain.length() - 1);
        var answers = answers(name, prefix, type, 0);
        if (answers == null) {
            return DnsReply.noSuchName(authority());
        }
        return answers.isEmpty() ? nothing() : DnsReply.of(answers).withAdditional(glue(answers));
    }

    private void add(ServiceNames names) {
        services.put(key(names.name(), names.namespace()), names);
        var base = fullName(names);
        names.addresses().forEach(address -> point(address, base));
        names.hosts().forEach(host -> point(host.address(), host.name() + "." + base));
    }

    private void point(String address, String name) {
        reverse.computeIfAbsent(address, missing -> new ArrayList<>()).add(name);
    }

    /// Null when there is no such name; empty when it has no records of this type.
    private @Nullable List<DnsAnswer> answers(
            String name, String prefix, DnsType type, int aliases) {
        var labels = List.of(prefix.split("\\."));
        if (prefix.equals("dns-version")) {
            return type == DnsType.TXT || type == DnsType.ANY
                    ? List.of(new DnsAnswer.Txt(name, VERSION_TTL, List.of(SPECIFICATION)))
                    : List.of();
        }
        if (prefix.equals("ns.dns")) {
            return address(name, type, serviceAddress);
        }
        return switch (labels.getLast()) {
            case "svc" -> ofService(name, labels, type, aliases);
            case "pod" -> ofPod(name, labels, type);
            default -> null;
        };
    }

    /// With the labels `[[_port, _protocol] | endpoint] service, namespace, svc`.
    private @Nullable List<DnsAnswer> ofService(
            String name, List<String> labels, DnsType type, int aliases) {
        var count = labels.size();
        if (count == 1) {
            return List.of();
        }
        if (count == 2) {
            return exists(labels.getFirst()) ? List.of() : null;
        }
        var service = services.get(key(labels.get(count - 3), labels.get(count - 2)));
        if (service == null || count > 5) {
            return null;
        }
        if (!service.externalName().isEmpty()) {
            return count == 3 ? alias(name, service.externalName(), type, aliases) : null;
        }
        if (count == 5) {
            return isPort(labels.get(0)) && isPort(labels.get(1))
                    ? found(name, matching(service, labels), type)
                    : null;
        }
        var hosts =
                count == 3
                        ? places(service, "", "")
                        : endpoints(service, "", "", labels.getFirst());
        return found(name, hosts, type);
    }

    private static boolean isPort(String label) {
        return label.startsWith("_");
    }

    /// Where a port can be found: a target's name, its address and the number.
    private record Place(String target, String address, int port) {}

    private List<Place> matching(ServiceNames service, List<String> labels) {
        return places(service, labels.get(0).substring(1), labels.get(1).substring(1));
    }

    private List<Place> places(ServiceNames service, String port, String protocol) {
        if (service.headless()) {
            return endpoints(service, port, protocol, "");
        }
        var places = new ArrayList<Place>();
        for (var address : service.addresses()) {
            service.ports().stream()
                    .filter(one -> one.matches(port, protocol))
                    .forEach(
                            one -> places.add(new Place(fullName(service), address, one.number())));
        }
        return places;
    }

    private List<Place> endpoints(
            ServiceNames service, String port, String protocol, String hostName) {
        var places = new ArrayList<Place>();
        for (var host : service.hosts()) {
            if (!hostName.isEmpty() && !hostName.equals(host.name())) {
                continue;
            }
            var target = host.name() + "." + fullName(service);
            if (host.ports().isEmpty() && port.isEmpty()) {
                places.add(new Place(target, host.address(), 0));
            }
            host.ports().stream()
                    .filter(one -> one.matches(port, protocol))
                    .forEach(one -> places.add(new Place(target, host.address(), one.number())));
        }
        return places;
    }

    private @Nullable List<DnsAnswer> found(String name, List<Place> places, DnsType type) {
        if (places.isEmpty()) {
            return null;
        }
        return switch (type) {
            case A, ANY ->
                    places.stream()
                            .map(Place::address)
                            .distinct()
                            .map(address -> a(name, address))
                            .toList();
            case SRV -> locations(name, places);
            case NS, CNAME, SOA, PTR, MX, TXT, AAAA, OTHER -> List.of();
        };
    }

    private List<DnsAnswer> locations(String name, List<Place> places) {
        var distinct = places.stream().filter(place -> place.port() > 0).distinct().toList();
        var weight = distinct.isEmpty() ? 0 : Math.max(1, 100 / distinct.size());
        return distinct.stream()
                .<DnsAnswer>map(place ->
                        new DnsAnswer.Srv(name, ttl, 0, weight, place.port(), place.target()))
                .toList();
    }

    /// The addresses of the targets, so that nobody has to ask again.
    private List<DnsAnswer> glue(List<DnsAnswer> answers) {
        var targets = new ArrayList<DnsAnswer>();
        for (var answer : answers) {
            if (answer instanceof DnsAnswer.Srv srv) {
                var target = answer(srv.target(), DnsType.A);
                if (target != null) {
                    targets.addAll(target.answers());
                }
            }
        }
        return targets.stream().distinct().toList();
    }

    private List<DnsAnswer> alias(String name, String target, DnsType type, int aliases) {
        var full = target.endsWith(".") ? target : target + ".";
        var chain = new ArrayList<DnsAnswer>();
        chain.add(new DnsAnswer.Cname(name, ttl, full));
        if (type != DnsType.CNAME && full.endsWith("." + domain) && aliases < ALIASES_MAX) {
            var prefix = full.substring(0, full.length() - domain.length() - 1);
            var more = answers(full, prefix, type, aliases + 1);
            chain.addAll(more == null ? List.of() : more);
        }
        return chain;
    }

    /// Any address has a name in any namespace, whether or not a pod has it.
    private @Nullable List<DnsAnswer> ofPod(String name, List<String> labels, DnsType type) {
        if (labels.size() == 1) {
            return List.of();
        }
        if (labels.size() > 3 || !exists(labels.get(labels.size() - 2))) {
            return null;
        }
        if (labels.size() == 2) {
            return List.of();
        }
        var address = labels.getFirst().replace('-', '.');
        return Ipv4.address(address) ? address(name, type, address) : null;
    }

    private boolean exists(String namespace) {
        return namespaces.contains(namespace);
    }

    private @Nullable DnsReply pointer(String name, DnsType type) {
        var labels =
                Arrays.asList(name.substring(0, name.length() - REVERSE.length()).split("\\."));
        var names = reverse.get(String.join(".", labels.reversed()));
        if (names == null) {
            return null;
        }
        if (type != DnsType.PTR && type != DnsType.ANY) {
            return nothing();
        }
        var answers = names.stream().distinct().map(target -> new DnsAnswer.Ptr(name, ttl, target));
        return DnsReply.of(answers.<DnsAnswer>map(answer -> answer).toList());
    }

    private DnsReply apex(DnsType type) {
        var server = "ns.dns." + domain;
        return switch (type) {
            case SOA -> DnsReply.of(List.of(authority()));
            case NS ->
                    DnsReply.of(List.of(new DnsAnswer.Ns(domain, ttl, server)))
                            .withAdditional(List.of(a(server, serviceAddress)));
            case A, CNAME, PTR, MX, TXT, AAAA, SRV, ANY, OTHER -> nothing();
        };
    }

    private DnsReply nothing() {
        return DnsReply.of(List.of()).withAuthority(authority());
    }

    private DnsAnswer.Soa authority() {
        var times = new DnsAnswer.Soa.Times(serial, 7200, 1800, 86_400, ttl);
        return new DnsAnswer.Soa(domain, ttl, "ns.dns." + domain, "hostmaster." + domain, times);
    }

    private List<DnsAnswer> address(String name, DnsType type, String address) {
        return type == DnsType.A || type == DnsType.ANY ? List.of(a(name, address)) : List.of();
    }

    private DnsAnswer a(String name, String address) {
        return new DnsAnswer.A(name, ttl, Ipv4.parse(address));
    }

    private String fullName(ServiceNames service) {
        return service.name() + "." + service.namespace() + ".svc." + domain;
    }

    private static String key(String service, String namespace) {
        return service + "." + namespace;
    }

    private static String serviceOf(EndpointSlice slice) {
        var name = slice.metadata().labels().get("kubernetes.io/service-name");
        return key(name == null ? "" : name, slice.namespace());
    }
}
