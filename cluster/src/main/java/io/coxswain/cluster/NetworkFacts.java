package io.coxswain.cluster;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import java.util.Map;

/// What every node of a cluster has to know about its network. Kept in a ConfigMap that nodes may
/// read.
///
/// @param dnsAddress the Service address by which pods ask for names
public record NetworkFacts(String serviceCidr, String clusterCidr, String dnsAddress) {

    public static final String NAMESPACE = "kube-system";
    public static final String NAME = "coxswain-network";

    public ConfigMap stored() {
        var metadata =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, NAME)
                        .set(ObjectMeta::namespace, NAMESPACE)
                        .done();
        return Edit.of(ConfigMap.class)
                .set(ConfigMap::metadata, metadata)
                .set(
                        ConfigMap::data,
                        Map.of(
                                "serviceCIDR", serviceCidr,
                                "clusterCIDR", clusterCidr,
                                "clusterDNS", dnsAddress))
                .done();
    }

    static NetworkFacts of(ConfigMap stored) {
        var data = stored.data();
        return new NetworkFacts(
                data.getOrDefault("serviceCIDR", ""),
                data.getOrDefault("clusterCIDR", ""),
                data.getOrDefault("clusterDNS", ""));
    }

    /// These facts, with those of `others` where these are empty.
    NetworkFacts or(NetworkFacts others) {
        return new NetworkFacts(
                first(serviceCidr, others.serviceCidr),
                first(clusterCidr, others.clusterCidr),
                first(dnsAddress, others.dnsAddress));
    }

    boolean complete() {
        return !serviceCidr.isEmpty() && !clusterCidr.isEmpty() && !dnsAddress.isEmpty();
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }
}
