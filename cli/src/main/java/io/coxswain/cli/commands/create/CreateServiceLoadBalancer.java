package io.coxswain.cli.commands.create;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.server.Trees;
import java.util.List;

/// `create service loadbalancer`.
final class CreateServiceLoadBalancer {

    static final Command COMMAND =
            Command.of(
                    "create service loadbalancer NAME [--tcp=port:targetPort] [options]",
                    "Create a LoadBalancer service",
                    Flags.class,
                    CreateServiceLoadBalancer::run);

    record Flags(
            CreationFlags creation,
            @Flag("Port pairs can be specified as '<port>:<targetPort>'.") List<String> tcp)
            implements CreationFlags.Holder {}

    private CreateServiceLoadBalancer() {}

    private static int run(Call<Flags> call) {
        var name = Creation.name(call, "create service loadbalancer");
        var flags = call.flags();
        var ports = ServicePorts.of(flags.tcp());
        var spec =
                Trees.of("ports", ports, "selector", Trees.of("app", name), "type", "LoadBalancer");
        return new Creation(call.session(), flags.creation())
                .create(ServicePorts.service(name, spec));
    }
}
