package io.coxswain.api.networking;

import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(
        group = "networking.k8s.io",
        version = "v1",
        plural = "networkpolicies",
        shortNames = "netpol")
public record NetworkPolicy(ObjectMeta metadata, NetworkPolicySpec spec) implements Resource {

    public record NetworkPolicySpec(
            LabelSelector podSelector,
            List<NetworkPolicyIngressRule> ingress,
            List<NetworkPolicyEgressRule> egress,
            List<String> policyTypes) {}

    public record NetworkPolicyIngressRule(
            List<NetworkPolicyPort> ports, List<NetworkPolicyPeer> from) {}

    public record NetworkPolicyPort(
            @Nullable @OneOf({"SCTP", "TCP", "UDP"}) String protocol,
            @Nullable IntOrString port,
            @Nullable Integer endPort) {}

    public record NetworkPolicyPeer(
            @Nullable LabelSelector podSelector,
            @Nullable LabelSelector namespaceSelector,
            @Nullable IPBlock ipBlock) {}

    public record IPBlock(@Required String cidr, List<String> except) {}

    public record NetworkPolicyEgressRule(
            List<NetworkPolicyPort> ports, List<NetworkPolicyPeer> to) {}

    public static final Strategy<NetworkPolicy> STRATEGY =
            Strategy.<NetworkPolicy>standard()
                    .defaults(NetworkPolicyRules::withDefaults)
                    .validate(NetworkPolicyRules::check);
}
