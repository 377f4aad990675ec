package io.coxswain.cli.commands.create;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.server.Trees;
import java.util.List;

/// `create service nodeport`.
final class CreateServiceNodePort {

    static final Command COMMAND =
            Command.of(
                    "create service nodeport NAME [--tcp=port:targetPort] [options]",
                    "Create a NodePort service",
                    Flags.class,
                    CreateServiceNodePort::run);

    record Flags(
            CreationFlags creation,
            @Flag("Port pairs can be specified as '<port>:<targetPort>'.") List<String> tcp,
            @Flag(value = "Port used to expose the service on each node in a cluster.", def = "0")
                    int nodePort)
            implements CreationFlags.Holder {}

    private CreateServiceNodePort() {}

    private static int run(Call<Flags> call) {
        var name = Creation.name(call, "create service nodeport");
        var flags = call.flags();
        var ports = ServicePorts.of(flags.tcp(), flags.nodePort());
        var spec = Trees.of("ports", ports, "selector", Trees.of("app", name), "type", "NodePort");
        return new Creation(call.session(), flags.creation())
                .create(ServicePorts.service(name, spec));
    }
}
