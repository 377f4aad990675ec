package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.util.ArrayList;
import java.util.List;

/// Describes Ingresses, and what stands behind Services: Endpoints and EndpointSlices.
final class IngressDescriber {

    private IngressDescriber() {}

    static void ingress(Target target, Sheet sheet, Related related) {
        var object = target.object();
        var spec = object.object("spec");
        sheet.line(0, "Name:\t" + target.name());
        sheet.labels(0, "Labels", Trees.map(object, "metadata.labels"));
        sheet.line(0, "Namespace:\t" + target.namespace());
        var addresses = new ArrayList<String>();
        for (var ingress : Trees.objects(object, "status.loadBalancer.ingress")) {
            var ip = ingress.text("ip");
            addresses.add(ip.isEmpty() ? ingress.text("hostname") : ip);
        }
        sheet.line(0, "Address:\t" + String.join(",", addresses));
        sheet.field(0, "Ingress Class", spec.text("ingressClassName"));
        var fallback = spec.object("defaultBackend");
        sheet.line(
                0,
                "Default backend:\t"
                        + (fallback.fields().isEmpty()
                                ? "<default>"
                                : backend(fallback, target, related)));
        tls(Trees.objects(spec, "tls"), sheet);
        rules(target, sheet, related);
        sheet.annotations(Trees.map(object, "metadata.annotations"));
    }

    static void ingressClass(Target target, Sheet sheet, Related related) {
        sheet.head(target.object(), false);
        sheet.marks(target.object());
        sheet.line(0, "Controller:\t" + Trees.text(target.object(), "spec.controller"));
        var parameters = Trees.object(target.object(), "spec", "parameters");
        if (!parameters.fields().isEmpty()) {
            sheet.line(0, "Parameters:");
            sheet.optional(1, "APIGroup", parameters.text("apiGroup"));
            sheet.line(1, "Kind:\t" + parameters.text("kind"));
            sheet.line(1, "Name:\t" + parameters.text("name"));
        }
    }

    private static void tls(List<Json.Obj> entries, Sheet sheet) {
        if (entries.isEmpty()) {
            return;
        }
        sheet.line(0, "TLS:");
        for (var entry : entries) {
            var hosts = String.join(",", Trees.texts(entry, "hosts"));
            var secret = entry.text("secretName");
            sheet.line(
                    1, secret.isEmpty() ? "SNI routes " + hosts : secret + " terminates " + hosts);
        }
    }

    private static void rules(Target target, Sheet sheet, Related related) {
        var rules = Trees.objects(target.object(), "spec.rules");
        sheet.line(0, "Rules:");
        sheet.line(1, "Host\tPath\tBackends");
        sheet.line(1, "----\t----\t--------");
        var shown = 0;
        for (var rule : rules) {
            var paths = Trees.objects(rule, "http.paths");
            if (paths.isEmpty()) {
                continue;
            }
            var host = rule.text("host");
            sheet.line(1, (host.isEmpty() ? "*" : host) + "\t");
            for (var path : paths) {
                var behind = backend(path.object("backend"), target, related);
                sheet.line(1, "\t" + path.text("path") + " \t" + behind);
                shown++;
            }
        }
        if (shown == 0) {
            var fallback = Trees.object(target.object(), "spec", "defaultBackend");
            var behind =
                    fallback.fields().isEmpty() ? "<default>" : backend(fallback, target, related);
            sheet.line(1, "*\t*\t" + behind);
        }
    }

    /// `web:80 (10.0.0.1:80,10.0.0.2:80)`.
    private static String backend(Json.Obj backend, Target target, Related related) {
        var service = backend.object("service");
        if (service.fields().isEmpty()) {
            var resource = backend.object("resource");
            return "APIGroup: %s, Kind: %s, Name: %s"
                    .formatted(
                            resource.text("apiGroup"),
                            resource.text("kind"),
                            resource.text("name"));
        }
        var name = service.text("name");
        var number = Trees.text(service, "port.number");
        var port = number.isEmpty() ? Trees.text(service, "port.name") : number;
        return name + ":" + port + " (" + behind(name, port, target, related) + ")";
    }

    private static String behind(String name, String port, Target target, Related related) {
        var namespace = target.namespace();
        var services =
                related.list(
                        "/api/v1",
                        namespace,
                        "services",
                        Query.EMPTY.with("fieldSelector", "metadata.name=" + name));
        if (services.isEmpty()) {
            return "<error: services \"" + name + "\" not found>";
        }
        var portName = port;
        for (var known : Trees.objects(services.getFirst(), "spec.ports")) {
            if (Trees.text(known, "port").equals(port)) {
                portName = known.text("name");
            }
        }
        return ServiceDescriber.endpoints(
                portName, ServiceDescriber.slices(name, namespace, related));
    }

    static void endpoints(Target target, Sheet sheet, Related related) {
        var object = target.object();
        sheet.head(object, true);
        sheet.marks(object);
        sheet.line(0, "Subsets:");
        for (var subset : Trees.objects(object, "subsets")) {
            sheet.line(1, "Addresses:\t" + ips(Trees.objects(subset, "addresses")));
            sheet.line(1, "NotReadyAddresses:\t" + ips(Trees.objects(subset, "notReadyAddresses")));
            var ports = Trees.objects(subset, "ports");
            if (!ports.isEmpty()) {
                sheet.line(1, "Ports:");
                sheet.line(2, "Name\tPort\tProtocol");
                sheet.line(2, "----\t----\t--------");
                ports.forEach(port -> port(port, sheet));
            }
            sheet.line(0, "");
        }
    }

    private static void port(Json.Obj port, Sheet sheet) {
        var name = port.text("name").isEmpty() ? "<unset>" : port.text("name");
        sheet.line(
                2,
                name + "\t" + Trees.text(port, "port") + "\t" + ContainerSections.protocol(port));
    }

    private static String ips(List<Json.Obj> addresses) {
        var ips = addresses.stream().map(address -> address.text("ip")).toList();
        return ips.isEmpty() ? "<none>" : String.join(",", ips);
    }

    static void slice(Target target, Sheet sheet, Related related) {
        var object = target.object();
        sheet.head(object, true);
        sheet.marks(object);
        sheet.line(0, "AddressType:\t" + object.text("addressType"));
        var ports = Trees.objects(object, "ports");
        if (ports.isEmpty()) {
            sheet.line(0, "Ports: <unset>");
        } else {
            sheet.line(0, "Ports:");
            sheet.line(1, "Name\tPort\tProtocol");
            sheet.line(1, "----\t----\t--------");
            for (var port : ports) {
                var name = port.text("name").isEmpty() ? "<unset>" : port.text("name");
                sheet.line(
                        1, name + "\t" + Trees.text(port, "port") + "\t" + port.text("protocol"));
            }
        }
        var endpoints = Trees.objects(object, "endpoints");
        if (endpoints.isEmpty()) {
            sheet.line(0, "Endpoints: <none>");
            return;
        }
        sheet.line(0, "Endpoints:");
        for (var endpoint : endpoints) {
            endpoint(endpoint, sheet);
        }
    }

    private static void endpoint(Json.Obj endpoint, Sheet sheet) {
        sheet.line(1, "- Addresses: " + String.join(", ", Trees.texts(endpoint, "addresses")));
        sheet.line(2, "Conditions:");
        var ready = Trees.text(endpoint, "conditions.ready");
        sheet.line(3, "Ready:\t" + (ready.isEmpty() ? "<unset>" : ready));
        var hostname = endpoint.text("hostname");
        sheet.line(2, "Hostname:\t" + (hostname.isEmpty() ? "<unset>" : hostname));
        var of = endpoint.object("targetRef");
        if (!of.fields().isEmpty()) {
            sheet.line(2, "TargetRef:\t" + of.text("kind") + "/" + of.text("name"));
        }
        var node = endpoint.text("nodeName");
        sheet.line(2, "NodeName:\t" + (node.isEmpty() ? "<unset>" : node));
        var zone = endpoint.text("zone");
        sheet.line(2, "Zone:\t" + (zone.isEmpty() ? "<unset>" : zone));
    }
}
