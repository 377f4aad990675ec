package io.coxswain.api.networking;

import io.coxswain.api.networking.NetworkPolicy.NetworkPolicyEgressRule;
import io.coxswain.api.networking.NetworkPolicy.NetworkPolicyIngressRule;
import io.coxswain.api.networking.NetworkPolicy.NetworkPolicyPeer;
import io.coxswain.api.networking.NetworkPolicy.NetworkPolicyPort;
import io.coxswain.api.networking.NetworkPolicy.NetworkPolicySpec;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.validation.Addresses;
import io.coxswain.api.validation.Selectors;
import io.coxswain.api.validation.Values;
import java.util.List;

/// The defaults and rules of NetworkPolicies.
final class NetworkPolicyRules {

    private static final List<String> TYPES = List.of("Ingress", "Egress");

    private NetworkPolicyRules() {}

    static NetworkPolicy withDefaults(NetworkPolicy policy) {
        var spec = policy.spec();
        var edit =
                Edit.of(spec)
                        .set(
                                NetworkPolicySpec::ingress,
                                spec.ingress().stream()
                                        .map(rule ->
                                                new NetworkPolicyIngressRule(
                                                        ports(rule.ports()), rule.from()))
                                        .toList())
                        .set(
                                NetworkPolicySpec::egress,
                                spec.egress().stream()
                                        .map(rule ->
                                                new NetworkPolicyEgressRule(
                                                        ports(rule.ports()), rule.to()))
                                        .toList());
        if (spec.policyTypes().isEmpty()) {
            edit.set(
                    NetworkPolicySpec::policyTypes,
                    spec.egress().isEmpty() ? List.of("Ingress") : TYPES);
        }
        return Edit.with(policy, NetworkPolicy::spec, edit.done());
    }

    static void check(NetworkPolicy policy, FieldErrors all) {
        var spec = policy.spec();
        var errors = all.at("spec");
        Selectors.check(spec.podSelector(), errors.at("podSelector"));
        for (var i = 0; i < spec.ingress().size(); i++) {
            var at = errors.at("ingress").at(i);
            ports(spec.ingress().get(i).ports(), at.at("ports"));
            peers(spec.ingress().get(i).from(), at.at("from"));
        }
        for (var i = 0; i < spec.egress().size(); i++) {
            var at = errors.at("egress").at(i);
            ports(spec.egress().get(i).ports(), at.at("ports"));
            peers(spec.egress().get(i).to(), at.at("to"));
        }
        if (spec.policyTypes().size() > TYPES.size()) {
            errors.at("policyTypes")
                    .invalid(spec.policyTypes(), "may not specify more than two policyTypes");
            return;
        }
        for (var i = 0; i < spec.policyTypes().size(); i++) {
            Values.oneOf(spec.policyTypes().get(i), TYPES, errors.at("policyTypes").at(i));
        }
    }

    private static List<NetworkPolicyPort> ports(List<NetworkPolicyPort> ports) {
        return ports.stream()
                .map(port ->
                        port.protocol() == null
                                ? new NetworkPolicyPort("TCP", port.port(), port.endPort())
                                : port)
                .toList();
    }

    private static void ports(List<NetworkPolicyPort> ports, FieldErrors errors) {
        for (var i = 0; i < ports.size(); i++) {
            port(ports.get(i), errors.at(i));
        }
    }

    private static void port(NetworkPolicyPort port, FieldErrors errors) {
        if (port.protocol() != null) {
            Values.oneOf(port.protocol(), Values.PROTOCOLS, errors.at("protocol"));
        }
        var end = port.endPort();
        var begin = port.port();
        if (begin == null) {
            if (end != null) {
                errors.at("endPort")
                        .invalid(end, "may not be specified when `port` is not specified");
            }
            return;
        }
        Values.portOrName(begin, errors.at("port"));
        if (end == null) {
            return;
        }
        switch (begin) {
            case IntOrString.OfInt(var number) -> {
                if (end < number) {
                    errors.at("endPort").invalid(number, "must be greater than or equal to `port`");
                }
                Values.port(end, errors.at("endPort"));
            }
            case IntOrString.OfString _ ->
                    errors.at("endPort")
                            .invalid(end, "may not be specified when `port` is non-numeric");
        }
    }

    private static void peers(List<NetworkPolicyPeer> peers, FieldErrors errors) {
        for (var i = 0; i < peers.size(); i++) {
            peer(peers.get(i), errors.at(i));
        }
    }

    private static void peer(NetworkPolicyPeer peer, FieldErrors errors) {
        Selectors.check(peer.podSelector(), errors.at("podSelector"));
        Selectors.check(peer.namespaceSelector(), errors.at("namespaceSelector"));
        var selected = peer.podSelector() != null || peer.namespaceSelector() != null;
        var block = peer.ipBlock();
        if (block == null) {
            if (!selected) {
                errors.required("must specify a peer");
            }
            return;
        }
        var at = errors.at("ipBlock");
        var whole = Addresses.parseBlock(block.cidr());
        if (block.cidr().isEmpty()) {
            at.at("cidr").required("");
        } else {
            Addresses.block(block.cidr(), at.at("cidr"));
        }
        for (var i = 0; i < block.except().size(); i++) {
            var text = block.except().get(i);
            var part = Addresses.parseBlock(text);
            Addresses.block(text, at.at("except").at(i));
            if (whole != null && part != null && !whole.strictlyContains(part)) {
                at.at("except").at(i).invalid(text, "must be a strict subset of `cidr`");
            }
        }
        if (selected) {
            errors.forbidden("may not specify both ipBlock and another peer");
        }
    }
}
