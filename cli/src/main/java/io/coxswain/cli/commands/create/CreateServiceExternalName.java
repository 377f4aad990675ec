package io.coxswain.cli.commands.create;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.server.Trees;
import java.util.List;

/// `create service externalname`.
final class CreateServiceExternalName {

    static final Command COMMAND =
            Command.of(
                    "create service externalname NAME --external-name external.name [options]",
                    "Create an ExternalName service",
                    Flags.class,
                    CreateServiceExternalName::run);

    record Flags(
            CreationFlags creation,
            @Flag("External name of service") String externalName,
            @Flag("Port pairs can be specified as '<port>:<targetPort>'.") List<String> tcp)
            implements CreationFlags.Holder {}

    private CreateServiceExternalName() {}

    private static int run(Call<Flags> call) {
        Creation.required(call, "external-name");
        var flags = call.flags();
        var name = Creation.name(call, "create service externalname");
        var spec =
                Trees.of(
                        "externalName",
                        flags.externalName(),
                        "selector",
                        Trees.of("app", name),
                        "type",
                        "ExternalName");
        if (!flags.tcp().isEmpty()) {
            spec = spec.with("ports", ServicePorts.of(flags.tcp()));
        }
        return new Creation(call.session(), flags.creation())
                .create(ServicePorts.service(name, spec));
    }
}
