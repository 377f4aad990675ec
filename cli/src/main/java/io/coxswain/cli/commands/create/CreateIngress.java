package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// `create ingress`. A rule is `host/path=service:port[,tls[=secret]]`; a path that ends in `*`
/// means what begins with it.
final class CreateIngress {

    private static final Pattern RULE =
            Pattern.compile(
                    "(?<host>[\\w*\\-.]*)(?<path>/[^=]*)=(?<service>[\\w\\-]+):(?<port>[\\w\\-]+)"
                            + "(?<tls>,tls(=(?<secret>[\\w\\-]+))?)?");

    static final Command COMMAND =
            Command.of(
                    "create ingress NAME --rule=host/path=service:port[,tls[=secret]] [options]",
                    "Create an ingress with the specified name",
                    Flags.class,
                    CreateIngress::run);

    record Flags(
            CreationFlags creation,
            @Flag("Annotation to insert in the ingress object, in the format annotation=value")
                    List<String> annotation,
            @Flag(value = "Ingress Class to be used", name = "class") String ingressClass,
            @Flag("Default service for backend, in format of svcname:port") String defaultBackend,
            @Flag("Rule in format host/path=service:port[,tls=secretname].") List<String> rule)
            implements CreationFlags.Holder {}

    private CreateIngress() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var name = Creation.name(call, "create ingress");
        if (flags.rule().isEmpty() && flags.defaultBackend().isEmpty()) {
            throw new CliError(
                    "not enough information provided: every ingress has to either specify a"
                            + " default-backend (which catches all traffic) or a list of rules"
                            + " (which catch specific paths)");
        }
        var ingress = Creation.object("networking.k8s.io/v1", "Ingress", name);
        if (!flags.annotation().isEmpty()) {
            var annotations = Literals.pairs(flags.annotation(), "annotation");
            ingress = Trees.set(ingress, "metadata.annotations", Trees.strings(annotations));
        }
        return new Creation(call.session(), flags.creation())
                .create(ingress.with("spec", spec(flags)).with("status", ServicePorts.UNBALANCED));
    }

    private static Json.Obj spec(Flags flags) {
        var spec = Json.EMPTY;
        if (!flags.ingressClass().isEmpty()) {
            spec = spec.with("ingressClassName", Json.of(flags.ingressClass()));
        }
        if (!flags.defaultBackend().isEmpty()) {
            var parts = flags.defaultBackend().split(":", -1);
            if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
                throw new CliError("default-backend should be in format servicename:serviceport");
            }
            spec = spec.with("defaultBackend", backend(parts[0], parts[1]));
        }
        var paths = new LinkedHashMap<String, List<Json>>();
        var secrets = new LinkedHashMap<String, Set<String>>();
        for (var word : flags.rule()) {
            var rule = RULE.matcher(word);
            if (!rule.matches()) {
                throw new CliError(
                        "rule "
                                + word
                                + " is invalid and should be in format"
                                + " host/path=svcname:svcport[,tls[=secret]]");
            }
            var path = rule.group("path");
            var prefix = path.endsWith("*");
            paths.computeIfAbsent(rule.group("host"), key -> new ArrayList<>())
                    .add(
                            Trees.of(
                                    "backend",
                                    backend(rule.group("service"), rule.group("port")),
                                    "path",
                                    prefix ? path.substring(0, path.length() - 1) : path,
                                    "pathType",
                                    prefix ? "Prefix" : "Exact"));
            if (rule.group("tls") != null) {
                var secret = rule.group("secret") == null ? "" : rule.group("secret");
                secrets.computeIfAbsent(secret, key -> new LinkedHashSet<>())
                        .add(rule.group("host"));
            }
        }
        spec = paths.isEmpty() ? spec : spec.with("rules", rules(paths));
        return secrets.isEmpty() ? spec : spec.with("tls", tls(secrets));
    }

    private static Json rules(Map<String, List<Json>> paths) {
        var rules = new ArrayList<Json>();
        paths.forEach((host, all) -> {
            var http = Trees.of("http", Trees.of("paths", Json.array(all)));
            rules.add(host.isEmpty() ? http : http.with("host", Json.of(host)));
        });
        return Json.array(rules);
    }

    private static Json tls(Map<String, Set<String>> secrets) {
        var entries = new ArrayList<Json>();
        secrets.forEach((secret, hosts) -> {
            hosts.remove("");
            var entry =
                    hosts.isEmpty()
                            ? Json.EMPTY
                            : Trees.of("hosts", Trees.list(List.copyOf(hosts)));
            entries.add(secret.isEmpty() ? entry : entry.with("secretName", Json.of(secret)));
        });
        return Json.array(entries);
    }

    private static Json.Obj backend(String service, String port) {
        var value =
                port.matches("\\d+")
                        ? Trees.of("number", Integer.parseInt(port))
                        : Trees.of("name", port);
        return Trees.of("service", Trees.of("name", service, "port", value));
    }
}
