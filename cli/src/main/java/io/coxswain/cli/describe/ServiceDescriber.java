package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Describes Services.
final class ServiceDescriber {

    private ServiceDescriber() {}

    static void describe(Target target, Sheet sheet, Related related) {
        var object = target.object();
        var spec = object.object("spec");
        sheet.head(object, true);
        sheet.marks(object);
        var terms = new ArrayList<String>();
        new TreeMap<>(Trees.map(spec, "selector"))
                .forEach((name, value) -> terms.add(name + "=" + value));
        sheet.field(0, "Selector", String.join(",", terms));
        sheet.line(0, "Type:\t" + spec.text("type"));
        sheet.optional(0, "IP Family Policy", spec.text("ipFamilyPolicy"));
        sheet.optional(0, "IP Families", String.join(",", Trees.texts(spec, "ipFamilies")));
        sheet.line(0, "IP:\t" + spec.text("clusterIP"));
        sheet.optional(0, "IPs", String.join(",", Trees.texts(spec, "clusterIPs")));
        sheet.optional(0, "External IPs", String.join(",", Trees.texts(spec, "externalIPs")));
        sheet.optional(0, "External Name", spec.text("externalName"));
        var slices = slices(target.name(), target.namespace(), related);
        for (var port : Trees.objects(spec, "ports")) {
            port(port, slices, sheet);
        }
        sheet.line(0, "Session Affinity:\t" + spec.text("sessionAffinity"));
        sheet.optional(0, "External Traffic Policy", spec.text("externalTrafficPolicy"));
        sheet.optional(0, "Internal Traffic Policy", spec.text("internalTrafficPolicy"));
    }

    private static void port(Json.Obj port, List<Json.Obj> slices, Sheet sheet) {
        var name = port.text("name").isEmpty() ? "<unset>" : port.text("name");
        var protocol = ContainerSections.protocol(port);
        sheet.line(0, "Port:\t" + name + "\t" + Trees.text(port, "port") + "/" + protocol);
        sheet.line(0, "TargetPort:\t" + Trees.text(port, "targetPort") + "/" + protocol);
        var nodePort = Trees.number(port, "nodePort", 0);
        if (nodePort != 0) {
            sheet.line(0, "NodePort:\t" + name + "\t" + nodePort + "/" + protocol);
        }
        sheet.line(0, "Endpoints:\t" + endpoints(port.text("name"), slices));
    }

    /// The EndpointSlices of a Service.
    static List<Json.Obj> slices(String service, String namespace, Related related) {
        var labels = "kubernetes.io/service-name=" + service;
        return related.list(
                "/apis/discovery.k8s.io/v1",
                namespace,
                "endpointslices",
                Query.EMPTY.with("labelSelector", labels));
    }

    /// The ready addresses behind a port, the first three of them.
    static String endpoints(String portName, List<Json.Obj> slices) {
        var found = new ArrayList<String>();
        for (var slice : slices) {
            for (var port : Trees.objects(slice, "ports")) {
                if (!port.text("name").equals(portName)) {
                    continue;
                }
                for (var endpoint : Trees.objects(slice, "endpoints")) {
                    if (!Trees.text(endpoint, "conditions.ready").equals("false")) {
                        for (var address : Trees.texts(endpoint, "addresses")) {
                            found.add(address + ":" + Trees.text(port, "port"));
                        }
                    }
                }
            }
        }
        var more = found.size() - 3;
        return more > 0
                ? String.join(",", found.subList(0, 3)) + " + " + more + " more..."
                : String.join(",", found);
    }
}
