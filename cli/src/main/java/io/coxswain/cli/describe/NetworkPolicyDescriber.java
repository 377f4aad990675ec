package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/// Describes NetworkPolicies. The indentation is by blanks alone, there are no columns.
final class NetworkPolicyDescriber {

    private NetworkPolicyDescriber() {}

    static void describe(Target target, Sheet sheet, Related related) {
        var object = target.object();
        var spec = object.object("spec");
        sheet.head(object, true);
        var created = Trees.text(object, "metadata.creationTimestamp");
        if (!created.isEmpty()) {
            var text = Instant.parse(created).toString().replace('T', ' ').replace("Z", "");
            sheet.line(0, "Created on:\t" + text + " +0000 UTC");
        }
        sheet.marks(object);
        sheet.line(0, "Spec:");
        var pods = selector(spec.object("podSelector"));
        sheet.line(
                1,
                "PodSelector:     "
                        + (pods.isEmpty()
                                ? "<none> (Allowing the specific traffic to all pods in this"
                                        + " namespace)"
                                : pods));
        var types = Trees.texts(spec, "policyTypes");
        way("ingress", "From", types.contains("Ingress"), Trees.objects(spec, "ingress"), sheet);
        way("egress", "To", types.contains("Egress"), Trees.objects(spec, "egress"), sheet);
        sheet.line(1, "Policy Types: " + String.join(", ", types));
    }

    private static String selector(Json.Obj selector) {
        return WorkloadDescriber.selector(Trees.of("selector", selector));
    }

    private static void way(
            String name, String peer, boolean restricted, List<Json.Obj> rules, Sheet sheet) {
        if (!restricted) {
            sheet.line(1, "Not affecting " + name + " traffic");
            return;
        }
        sheet.line(1, "Allowing " + name + " traffic:");
        if (rules.isEmpty()) {
            sheet.line(2, "<none> (Selected pods are isolated for " + name + " connectivity)");
        }
        for (var i = 0; i < rules.size(); i++) {
            var field = peer.toLowerCase(Locale.ROOT);
            rule(rules.get(i), peer, Trees.objects(rules.get(i), field), sheet);
            if (i < rules.size() - 1) {
                sheet.line(2, "----------");
            }
        }
    }

    private static void rule(Json.Obj rule, String title, List<Json.Obj> peers, Sheet sheet) {
        var ports = Trees.objects(rule, "ports");
        if (ports.isEmpty()) {
            sheet.line(2, "To Port: <any> (traffic allowed to all ports)");
        }
        for (var port : ports) {
            var protocol = port.text("protocol").isEmpty() ? "TCP" : port.text("protocol");
            sheet.line(2, "To Port: " + Trees.text(port, "port") + "/" + protocol);
        }
        if (peers.isEmpty()) {
            sheet.line(
                    2,
                    title.equals("From")
                            ? "From: <any> (traffic not restricted by source)"
                            : "To: <any> (traffic not restricted by destination)");
        }
        for (var peer : peers) {
            sheet.line(2, title + ":");
            peer(peer, sheet);
        }
    }

    private static void peer(Json.Obj peer, Sheet sheet) {
        if (peer.get("ipBlock") instanceof Json.Obj block) {
            sheet.line(3, "IPBlock:");
            sheet.line(4, "CIDR: " + block.text("cidr"));
            sheet.line(4, "Except: " + String.join(", ", Trees.texts(block, "except")));
            return;
        }
        if (peer.get("namespaceSelector") instanceof Json.Obj namespaces) {
            sheet.line(3, "NamespaceSelector: " + shown(namespaces));
        }
        if (peer.get("podSelector") instanceof Json.Obj pods) {
            sheet.line(3, "PodSelector: " + shown(pods));
        }
    }

    private static String shown(Json.Obj selector) {
        var text = selector(selector);
        return text.isEmpty() ? "<none>" : text;
    }
}
