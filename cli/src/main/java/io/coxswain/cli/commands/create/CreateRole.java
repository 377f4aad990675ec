package io.coxswain.cli.commands.create;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import java.util.List;

/// `create role`.
final class CreateRole {

    static final Command COMMAND =
            Command.of(
                    "create role NAME --verb=verb --resource=resource.group/subresource [options]",
                    "Create a role with single rule",
                    Flags.class,
                    CreateRole::run);

    record Flags(
            CreationFlags creation,
            @Flag("Verb that applies to the resources contained in the rule") List<String> verb,
            @Flag("Resource that the rule applies to") List<String> resource,
            @Flag(
                            "Resource in the white list that the rule applies to, repeat this"
                                    + " flag for multiple"
                                    + " items")
                    List<String> resourceName)
            implements CreationFlags.Holder {}

    private CreateRole() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var name = Creation.name(call, "create role");
        var rules = Rules.of(call.session(), flags.verb(), flags.resource(), flags.resourceName());
        var role = Creation.object("rbac.authorization.k8s.io/v1", "Role", name);
        return new Creation(call.session(), flags.creation()).create(role.with("rules", rules));
    }
}
