package io.coxswain.apiserver.subresources;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.apps.StatefulSet;
import io.coxswain.api.core.ReplicationController;
import io.coxswain.apiserver.authentication.ServiceAccountTokens;
import io.coxswain.apiserver.authentication.TokenLifetimes;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Registry;
import java.util.LinkedHashMap;
import java.util.Map;

/// Every subresource that is more than a part of its object.
public final class Subresources {

    private Subresources() {}

    /// `POST bindings`, the older way to give a pod its node; by `group/version/plural`.
    public static Map<String, Filter.Next> bindings(Registry registry, Catalog catalog) {
        return Map.of("/v1/bindings", new BindingSubresource(registry, catalog)::handle);
    }

    /// By `pods/exec`, group-qualified as in `deployments.apps/scale`.
    ///
    public static Map<String, Subresource> all(
            Registry registry,
            Catalog catalog,
            ServiceAccountTokens tokens,
            TokenLifetimes lifetimes,
            NodeConnector nodes) {
        var all = new LinkedHashMap<String, Subresource>();
        all.put("pods/binding", new BindingSubresource(registry, catalog));
        all.put("pods/eviction", new EvictionSubresource(registry, catalog));
        all.put("pods/log", new PodStream("containerLogs", registry, catalog, nodes));
        all.put("pods/exec", new PodStream("exec", registry, catalog, nodes));
        all.put("pods/attach", new PodStream("attach", registry, catalog, nodes));
        all.put("pods/portforward", new PodStream("portForward", registry, catalog, nodes));
        var proxy = new ProxySubresource(registry, catalog, nodes);
        all.put("pods/proxy", proxy);
        all.put("services/proxy", proxy);
        all.put("nodes/proxy", proxy);
        all.put(
                "serviceaccounts/token",
                new TokenSubresource(registry, catalog, tokens, lifetimes));
        all.put(
                "deployments.apps/scale",
                new ScaleSubresource<>(
                        registry, catalog.of(Deployment.class), ScaleSubresource.DEPLOYMENT));
        all.put(
                "replicasets.apps/scale",
                new ScaleSubresource<>(
                        registry, catalog.of(ReplicaSet.class), ScaleSubresource.REPLICA_SET));
        all.put(
                "statefulsets.apps/scale",
                new ScaleSubresource<>(
                        registry, catalog.of(StatefulSet.class), ScaleSubresource.STATEFUL_SET));
        all.put(
                "replicationcontrollers/scale",
                new ScaleSubresource<>(
                        registry,
                        catalog.of(ReplicationController.class),
                        ScaleSubresource.REPLICATION_CONTROLLER));
        return all;
    }
}
