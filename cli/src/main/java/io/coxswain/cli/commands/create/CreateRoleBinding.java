package io.coxswain.cli.commands.create;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import java.util.List;

/// `create rolebinding`.
final class CreateRoleBinding {

    static final Command COMMAND =
            Command.of(
                    "create rolebinding NAME --clusterrole=NAME|--role=NAME [--user=username]"
                            + " [--group=groupname] "
                            + "[--serviceaccount=namespace:serviceaccountname] [options]",
                    "Create a role binding for a particular role or cluster role",
                    Flags.class,
                    CreateRoleBinding::run);

    record Flags(
            CreationFlags creation,
            @Flag("Role this RoleBinding should reference") String role,
            @Flag("ClusterRole this binding should reference") String clusterrole,
            @Flag("Usernames to bind to the role.") List<String> user,
            @Flag("Groups to bind to the role.") List<String> group,
            @Flag("Service accounts to bind to the role, in the format <namespace>:<name>.")
                    List<String> serviceaccount)
            implements CreationFlags.Holder {}

    private CreateRoleBinding() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var name = Creation.name(call, "create rolebinding");
        if (flags.role().isEmpty() == flags.clusterrole().isEmpty()) {
            throw new CliError("exactly one of clusterrole or role must be specified");
        }
        var ref =
                flags.role().isEmpty()
                        ? Rules.roleRef("ClusterRole", flags.clusterrole())
                        : Rules.roleRef("Role", flags.role());
        var binding =
                Creation.object("rbac.authorization.k8s.io/v1", "RoleBinding", name)
                        .with("roleRef", ref)
                        .with(
                                "subjects",
                                Rules.subjects(
                                        flags.user(), flags.group(), flags.serviceaccount()));
        return new Creation(call.session(), flags.creation()).create(binding);
    }
}
