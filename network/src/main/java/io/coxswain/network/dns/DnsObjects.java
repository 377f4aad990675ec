package io.coxswain.network.dns;

import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ServicePort;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.discovery.EndpointSlice.Endpoint;
import io.coxswain.api.discovery.EndpointSlice.EndpointConditions;
import io.coxswain.api.discovery.EndpointSlice.EndpointPort;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.IntOrString;
import java.util.List;
import java.util.Map;

/// The Service that pods ask for names, and the slice that says where it is answered.
///
/// The Service has no selector: the server runs in a process of the node and not in a pod. Each
/// node that serves has a slice of its own.
public record DnsObjects(Service service, EndpointSlice slice) {

    static final String NAMESPACE = "kube-system";
    static final String NAME = "kube-dns";

    private static final int PORT = 53;

    /// @param port where the node's server listens
    public static DnsObjects of(DnsConfiguration configuration, int port) {
        return new DnsObjects(service(configuration), slice(configuration, port));
    }

    private static Service service(DnsConfiguration configuration) {
        var labels =
                Map.of(
                        "k8s-app",
                        "kube-dns",
                        "kubernetes.io/cluster-service",
                        "true",
                        "kubernetes.io/name",
                        "CoreDNS");
        var spec =
                Edit.of(ServiceSpec.class)
                        .set(ServiceSpec::type, "ClusterIP")
                        .set(ServiceSpec::clusterIP, configuration.serviceAddress())
                        .set(ServiceSpec::clusterIPs, List.of(configuration.serviceAddress()))
                        .set(
                                ServiceSpec::ports,
                                List.of(port("dns", "UDP"), port("dns-tcp", "TCP")))
                        .done();
        return Edit.of(Service.class)
                .set(Service::metadata, metadata(NAME, labels))
                .set(Service::spec, spec)
                .done();
    }

    private static ServicePort port(String name, String protocol) {
        return new ServicePort(name, protocol, null, PORT, IntOrString.of(PORT), 0);
    }

    private static EndpointSlice slice(DnsConfiguration configuration, int port) {
        var labels =
                Map.of(
                        "kubernetes.io/service-name",
                        NAME,
                        "endpointslice.kubernetes.io/managed-by",
                        "cluster-dns.coxswain.io");
        var endpoint =
                Edit.of(Endpoint.class)
                        .set(Endpoint::addresses, List.of(configuration.nodeAddress()))
                        .set(Endpoint::conditions, new EndpointConditions(true, true, false))
                        .set(Endpoint::nodeName, configuration.nodeName())
                        .done();
        return Edit.of(EndpointSlice.class)
                .set(
                        EndpointSlice::metadata,
                        metadata(NAME + "-" + configuration.nodeName(), labels))
                .set(EndpointSlice::addressType, "IPv4")
                .set(EndpointSlice::endpoints, List.of(endpoint))
                .set(
                        EndpointSlice::ports,
                        List.of(
                                new EndpointPort("dns", "UDP", port, null),
                                new EndpointPort("dns-tcp", "TCP", port, null)))
                .done();
    }

    private static ObjectMeta metadata(String name, Map<String, String> labels) {
        return Edit.of(ObjectMeta.class)
                .set(ObjectMeta::name, name)
                .set(ObjectMeta::namespace, NAMESPACE)
                .set(ObjectMeta::labels, labels)
                .done();
    }
}
