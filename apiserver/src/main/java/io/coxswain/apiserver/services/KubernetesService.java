package io.coxswain.apiserver.services;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.core.Endpoints;
import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Part;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Request;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The Service `kubernetes` in namespace `default`, by which pods find the API server, and its
/// endpoints: the address this server advertises.
public final class KubernetesService {

    private static final Logger LOG = LoggerFactory.getLogger(KubernetesService.class);
    private static final User SELF = User.of("system:apiserver", User.MASTERS);
    private static final WriteOptions OPTIONS = WriteOptions.internal("kube-apiserver");

    private final Registry registry;
    private final Catalog catalog;

    public KubernetesService(Registry registry, Catalog catalog) {
        this.registry = registry;
        this.catalog = catalog;
    }

    /// Creates the three objects, or brings their addresses up to date. An address that no other
    /// machine could use, such as one of the loopback range, is not published.
    ///
    /// @param servers the addresses of all API servers, which are at the same port
    public void publish(String clusterAddress, List<String> servers, int port) {
        ensure(
                Service.class,
                """
                {"metadata":{"name":"kubernetes","namespace":"default",
                  "labels":{"component":"apiserver","provider":"kubernetes"}},
                 "spec":{"type":"ClusterIP","sessionAffinity":"None","clusterIP":"%s",
                  "clusterIPs":["%s"],"ipFamilies":["IPv4"],"ipFamilyPolicy":"SingleStack",
                  "ports":[{"name":"https","port":443,"protocol":"TCP","targetPort":%d}]}}
                """
                        .formatted(clusterAddress, clusterAddress, port));
        var reachable =
                servers.stream()
                        .filter(address -> !InetAddress.ofLiteral(address).isLoopbackAddress())
                        .sorted()
                        .toList();
        if (reachable.isEmpty()) {
            LOG.debug("pods will not reach the API server: it advertises {}", servers);
            return;
        }
        ensure(
                Endpoints.class,
                """
                {"metadata":{"name":"kubernetes","namespace":"default",
                  "labels":{"endpointslice.kubernetes.io/skip-mirror":"true"}},
                 "subsets":[{"addresses":[%s],
                  "ports":[{"name":"https","port":%d,"protocol":"TCP"}]}]}
                """
                        .formatted(each(reachable, "{\"ip\":\"%s\"}"), port));
        ensure(
                EndpointSlice.class,
                """
                {"metadata":{"name":"kubernetes","namespace":"default",
                  "labels":{"kubernetes.io/service-name":"kubernetes"}},
                 "addressType":"IPv4",
                 "endpoints":[%s],
                 "ports":[{"name":"https","port":%d,"protocol":"TCP"}]}
                """
                        .formatted(
                                each(
                                        reachable,
                                        "{\"addresses\":[\"%s\"],\"conditions\":{\"ready\":true}}"),
                                port));
    }

    private static String each(List<String> addresses, String form) {
        return addresses.stream().map(form::formatted).collect(Collectors.joining(","));
    }

    private <T extends Resource> void ensure(Class<T> type, String json) {
        var kind = catalog.of(type);
        var tree = JsonReader.readObject(json.getBytes(StandardCharsets.UTF_8));
        var object = kind.codec().fromTree(tree, new Problems());
        var call = Call.of(Request.of("PUT", kind.kind().path("default", "kubernetes"))).as(SELF);
        var key = kind.key("default", "kubernetes");
        if (registry.find(key) == null) {
            registry.create(call, kind, "default", object, OPTIONS);
            return;
        }
        registry.update(call, kind, key, Part.MAIN, stored -> object, OPTIONS);
    }
}
