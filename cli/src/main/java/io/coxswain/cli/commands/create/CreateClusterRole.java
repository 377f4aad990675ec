package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.server.Trees;
import java.util.List;

/// `create clusterrole`.
final class CreateClusterRole {

    static final Command COMMAND =
            Command.of(
                    "create clusterrole NAME --verb=verb --resource=resource.group/subresource"
                            + " [options]",
                    "Create a cluster role",
                    Flags.class,
                    CreateClusterRole::run);

    record Flags(
            CreationFlags creation,
            @Flag("Verb that applies to the resources contained in the rule") List<String> verb,
            @Flag("Resource that the rule applies to") List<String> resource,
            @Flag(
                            "Resource in the white list that the rule applies to, repeat this"
                                    + " flag for multiple"
                                    + " items")
                    List<String> resourceName,
            @Flag("A partial url that user should have access to.") List<String> nonResourceUrl,
            @Flag("An aggregation label selector for combining ClusterRoles.")
                    List<String> aggregationRule)
            implements CreationFlags.Holder {}

    private CreateClusterRole() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var name = Creation.name(call, "create clusterrole");
        var role = Creation.object("rbac.authorization.k8s.io/v1", "ClusterRole", name);
        var creation = new Creation(call.session(), flags.creation());
        if (!flags.aggregationRule().isEmpty()) {
            var labels = Literals.pairs(flags.aggregationRule(), "aggregation rule");
            var selector = Trees.of("matchLabels", Trees.strings(labels));
            var rule = Trees.of("clusterRoleSelectors", Json.array(List.of(selector)));
            return creation.create(role.with("aggregationRule", rule).with("rules", Json.NULL));
        }
        if (!flags.nonResourceUrl().isEmpty()) {
            var rule =
                    Trees.of(
                            "nonResourceURLs",
                            Trees.list(flags.nonResourceUrl()),
                            "verbs",
                            Trees.list(Rules.words(flags.verb())));
            return creation.create(role.with("rules", Json.array(List.of(rule))));
        }
        var rules = Rules.of(call.session(), flags.verb(), flags.resource(), flags.resourceName());
        return creation.create(role.with("rules", rules));
    }
}
