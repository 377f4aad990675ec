package io.coxswain.cluster;

import io.coxswain.api.schema.Edit;
import io.coxswain.kubelet.KubeletConfiguration;
import java.util.List;
import java.util.Map;

/// How this machine is a node.
///
/// @param address where other nodes and the API server reach it
/// @param port of the node server
public record NodeSettings(
        String name,
        String address,
        int port,
        Map<String, String> labels,
        NetworkFacts network,
        NodePlaces places) {

    public static final int PORT = 10250;

    KubeletConfiguration kubelet() {
        return Edit.of(
                        KubeletConfiguration.defaults(
                                name, List.of(address), places.data().kubelet()))
                .set(KubeletConfiguration::port, port)
                .set(KubeletConfiguration::nodeLabels, labels)
                .set(KubeletConfiguration::clusterDNS, List.of(network.dnsAddress()))
                .done();
    }
}
