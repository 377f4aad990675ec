package io.coxswain.cluster;

import io.coxswain.api.schema.Edit;
import io.coxswain.kubelet.KubeletConfiguration;
import java.util.List;

/// How one node of a cluster is set up.
///
/// @param podCidrs where its pods' addresses come from
public record NodeConfiguration(KubeletConfiguration kubelet, List<String> podCidrs) {

    /// A node that keeps its files in `data`.
    public static NodeConfiguration of(
            String name, String address, String podCidr, String clusterDns, DataDirectory data) {
        var kubelet =
                Edit.of(KubeletConfiguration.defaults(name, List.of(address), data.kubelet()))
                        .set(KubeletConfiguration::podCIDRs, List.of(podCidr))
                        .set(KubeletConfiguration::clusterDNS, List.of(clusterDns))
                        .done();
        return new NodeConfiguration(kubelet, List.of(podCidr));
    }
}
