package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.server.Trees;
import java.util.List;

/// `create service clusterip`.
final class CreateServiceClusterIp {

    static final Command COMMAND =
            Command.of(
                    "create service clusterip NAME [--tcp=<port>:<targetPort>] [options]",
                    "Create a ClusterIP service",
                    Flags.class,
                    CreateServiceClusterIp::run);

    record Flags(
            CreationFlags creation,
            @Flag("Port pairs can be specified as '<port>:<targetPort>'.") List<String> tcp,
            @Flag(
                            "Assign your own ClusterIP or set to 'None' for a 'headless'"
                                    + " service (no"
                                    + " loadbalancing).")
                    String clusterip)
            implements CreationFlags.Holder {}

    private CreateServiceClusterIp() {}

    private static int run(Call<Flags> call) {
        var name = Creation.name(call, "create service clusterip");
        var flags = call.flags();
        var ports = ServicePorts.of(flags.tcp());
        var spec = Trees.of("ports", ports, "selector", Trees.of("app", name), "type", "ClusterIP");
        if (!flags.clusterip().isEmpty()) {
            spec = spec.with("clusterIP", Json.of(flags.clusterip()));
        }
        return new Creation(call.session(), flags.creation())
                .create(ServicePorts.service(name, spec));
    }
}
