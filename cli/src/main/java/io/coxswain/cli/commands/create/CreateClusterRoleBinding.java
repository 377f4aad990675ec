package io.coxswain.cli.commands.create;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import java.util.List;

/// `create clusterrolebinding`.
final class CreateClusterRoleBinding {

    static final Command COMMAND =
            Command.of(
                    "create clusterrolebinding NAME --clusterrole=NAME [--user=username]"
                            + " [--group=groupname] "
                            + "[--serviceaccount=namespace:serviceaccountname] [options]",
                    "Create a cluster role binding for a particular cluster role",
                    Flags.class,
                    CreateClusterRoleBinding::run);

    record Flags(
            CreationFlags creation,
            @Flag("ClusterRole this binding should reference") String clusterrole,
            @Flag("Usernames to bind to the role.") List<String> user,
            @Flag("Groups to bind to the role.") List<String> group,
            @Flag("Service accounts to bind to the role, in the format <namespace>:<name>.")
                    List<String> serviceaccount)
            implements CreationFlags.Holder {}

    private CreateClusterRoleBinding() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var name = Creation.name(call, "create clusterrolebinding");
        if (flags.clusterrole().isEmpty()) {
            throw new CliError("required flag(s) \"clusterrole\" not set");
        }
        var binding =
                Creation.object("rbac.authorization.k8s.io/v1", "ClusterRoleBinding", name)
                        .with("roleRef", Rules.roleRef("ClusterRole", flags.clusterrole()))
                        .with(
                                "subjects",
                                Rules.subjects(
                                        flags.user(), flags.group(), flags.serviceaccount()));
        return new Creation(call.session(), flags.creation()).create(binding);
    }
}
