package io.coxswain.cli.commands.workload;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.commands.create.Creation;
import io.coxswain.cli.commands.create.CreationFlags;
import io.coxswain.cli.commands.create.ServicePorts;
import io.coxswain.cli.resource.FileFlags;
import io.coxswain.cli.resource.SelectFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// `expose`: makes a Service of a workload.
public final class ExposeCommand {

    public static final Command COMMAND =
            Command.of(
                    "expose (-f FILENAME | TYPE NAME) [--port=port] [--protocol=TCP|UDP|SCTP]"
                            + " [--target-port=number-or-name] [--name=name] [options]",
                    "Expose a resource as a new Kubernetes service",
                    Flags.class,
                    ExposeCommand::run);

    private static final Set<String> EXPOSABLE =
            Set.of("ReplicationController", "Service", "Pod", "Deployment", "ReplicaSet");

    public record Flags(
            CreationFlags creation,
            FileFlags files,
            @Flag("ClusterIP to be assigned to the service. Set to 'None' for headless.")
                    String clusterIp,
            @Flag("The name for the newly created object.") String name,
            @Flag("The port that the service should serve on.") String port,
            @Flag(value = "The network protocol for the service to be created.", def = "TCP")
                    String protocol,
            @Flag("Name or number for the port on the container.") String targetPort,
            @Flag("Type for this service: ClusterIP, NodePort, LoadBalancer, or ExternalName.")
                    String type)
            implements CreationFlags.Holder {}

    private ExposeCommand() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var targets =
                new Targets(call.session())
                        .fetched(flags.files(), call.arguments(), SelectFlags.NONE, false);
        for (var target : targets) {
            var service = service(flags, target);
            new Creation(call.session(), flags.creation())
                    .called("exposed")
                    .plain()
                    .create(service);
        }
        return 0;
    }

    private static Json.Obj service(Flags flags, Target target) {
        var object = target.object();
        if (!EXPOSABLE.contains(target.type().kind())) {
            throw new CliError("cannot expose a " + target.type().kind());
        }
        var selector = Trees.object(object, "spec", "selector", "matchLabels");
        if (target.type().is("", "Pod")) {
            selector = Trees.object(object, "metadata", "labels");
        } else if (target.type().is("", "Service")) {
            selector = Trees.object(object, "spec", "selector");
        }
        if (selector.fields().isEmpty()) {
            throw new CliError(
                    "couldn't retrieve selectors via --selector flag or introspection: the "
                            + target.type().kind()
                            + " has no selector");
        }
        var spec = Trees.of("ports", Json.array(ports(flags, object)), "selector", selector);
        if (!flags.type().isEmpty()) {
            spec = spec.with("type", Json.of(flags.type()));
        }
        if (!flags.clusterIp().isEmpty()) {
            spec = spec.with("clusterIP", Json.of(flags.clusterIp()));
        }
        var name = flags.name().isEmpty() ? target.name() : flags.name();
        var service = Creation.object("v1", "Service", name);
        var labels = Trees.object(object, "metadata", "labels");
        if (!labels.fields().isEmpty()) {
            service = Trees.set(service, "metadata.labels", labels);
        }
        return service.with("spec", spec).with("status", ServicePorts.UNBALANCED);
    }

    private static List<Json> ports(Flags flags, Json.Obj object) {
        var ports = new ArrayList<Json>();
        if (!flags.port().isEmpty()) {
            for (var word : flags.port().split(",")) {
                ports.add(port(flags, number(word)));
            }
            return ports;
        }
        var path = object.text("kind").equals("Pod") ? "spec" : "spec.template.spec";
        for (var container : Trees.objects(object, path + ".containers")) {
            for (var port : Trees.objects(container, "ports")) {
                ports.add(port(flags, Trees.number(port, "containerPort", 0)));
            }
        }
        if (ports.isEmpty()) {
            throw new CliError("couldn't find port via --port flag or introspection");
        }
        return ports;
    }

    private static long number(String word) {
        if (!word.matches("\\d{1,5}")) {
            throw new CliError("strconv.Atoi: parsing \"" + word + "\": invalid syntax");
        }
        return Long.parseLong(word);
    }

    private static Json.Obj port(Flags flags, long port) {
        var target = flags.targetPort();
        Json value = Json.of(port);
        if (!target.isEmpty()) {
            value = target.matches("\\d+") ? Json.of(Long.parseLong(target)) : Json.of(target);
        }
        return Trees.of("port", port, "protocol", flags.protocol(), "targetPort", value);
    }
}
