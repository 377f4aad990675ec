package io.coxswain.network.dns;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Node.NodeAddress;
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
import io.coxswain.network.host.Ipv4;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The Service that pods ask for names, and the slices that say where it is answered.
///
/// The Service has no selector: the server runs in a process of the node and not in a pod. Each
/// node that serves says so, and at which port, in an annotation, and has a slice of its own.
final class DnsObjects {

    static final String NAMESPACE = "kube-system";
    static final String NAME = "kube-dns";

    private static final int PORT = 53;

    /// On a node: the port at which its cluster DNS listens.
    static final String ANNOTATION = "coxswain.io/cluster-dns-port";

    private static final String MANAGER = "cluster-dns.coxswain.io";
    private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

    private DnsObjects() {}

    static String sliceName(String node) {
        return NAME + "-" + node;
    }

    static boolean ours(EndpointSlice slice) {
        return slice.namespace().equals(NAMESPACE)
                && MANAGER.equals(slice.metadata().labels().get(MANAGED_BY));
    }

    static Service service(String address) {
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
                        .set(ServiceSpec::clusterIP, address)
                        .set(ServiceSpec::clusterIPs, List.of(address))
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

    /// Where a node answers; null for one that does not.
    static @Nullable EndpointSlice slice(Node node) {
        var port = port(node);
        var address =
                node.status().addresses().stream()
                        .filter(it -> it.type().equals("InternalIP"))
                        .map(NodeAddress::address)
                        .filter(Ipv4::address)
                        .findFirst()
                        .orElse(null);
        if (port == 0 || address == null || node.deleting()) {
            return null;
        }
        var labels = Map.of("kubernetes.io/service-name", NAME, MANAGED_BY, MANAGER);
        var ready =
                node.status().conditions().stream()
                        .anyMatch(it -> it.type().equals("Ready") && it.status().equals("True"));
        var endpoint =
                Edit.of(Endpoint.class)
                        .set(Endpoint::addresses, List.of(address))
                        .set(Endpoint::conditions, new EndpointConditions(ready, ready, false))
                        .set(Endpoint::nodeName, node.name())
                        .done();
        return Edit.of(EndpointSlice.class)
                .set(EndpointSlice::metadata, metadata(sliceName(node.name()), labels))
                .set(EndpointSlice::addressType, "IPv4")
                .set(EndpointSlice::endpoints, List.of(endpoint))
                .set(
                        EndpointSlice::ports,
                        List.of(
                                new EndpointPort("dns", "UDP", port, null),
                                new EndpointPort("dns-tcp", "TCP", port, null)))
                .done();
    }

    /// 0 for a node that does not say, or says nonsense.
    private static int port(Node node) {
        var text = node.metadata().annotations().getOrDefault(ANNOTATION, "");
        return text.matches("[1-9][0-9]{0,4}") ? Math.min(Integer.parseInt(text), 65535) : 0;
    }

    private static ObjectMeta metadata(String name, Map<String, String> labels) {
        return Edit.of(ObjectMeta.class)
                .set(ObjectMeta::name, name)
                .set(ObjectMeta::namespace, NAMESPACE)
                .set(ObjectMeta::labels, labels)
                .done();
    }
}
