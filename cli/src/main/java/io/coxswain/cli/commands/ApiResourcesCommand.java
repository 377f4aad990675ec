package io.coxswain.cli.commands;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.output.TextTable;
import io.coxswain.cli.server.ResourceType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `api-resources`: the resources of the server.
public final class ApiResourcesCommand {

    public static final Command COMMAND =
            Command.of(
                    "api-resources [flags] [options]",
                    "Print the supported API resources on the server",
                    Flags.class,
                    ApiResourcesCommand::run);

    public record Flags(
            GlobalFlags global,
            @Flag("Limit to resources in the specified API group.") @Nullable String apiGroup,
            @Flag("Use the cached list of resources if available.") boolean cached,
            @Flag("Limit to resources that belong to the specified categories.")
                    List<String> categories,
            @Flag(
                            "If false, non-namespaced resources will be returned, otherwise"
                                    + " returning namespaced resources by default.")
                    @Nullable Boolean namespaced,
            @Flag("When using the default or custom-column output format, don't print headers.")
                    boolean noHeaders,
            @Flag(value = "Output format. One of: (json, yaml, name, wide).", letter = "o")
                    String output,
            @Flag(
                            "If non-empty, sort list of resources using specified field. The field"
                                    + " can be either 'name' or 'kind'.")
                    String sortBy,
            @Flag("Limit to resources that support the specified verbs.") List<String> verbs)
            implements GlobalFlags.Holder {}

    private ApiResourcesCommand() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        if (!call.arguments().isEmpty()) {
            throw CliError.usage(
                    "api-resources",
                    "unexpected arguments: [" + String.join(" ", call.arguments()) + "]");
        }
        if (!List.of("", "name", "wide").contains(flags.output())) {
            throw new CliError("--output " + flags.output() + " is not available");
        }
        if (!List.of("", "name", "kind").contains(flags.sortBy())) {
            throw new CliError("--sort-by accepts only name or kind");
        }
        var types = new ArrayList<>(call.session().types().fresh().preferred());
        types.removeIf(type -> !wanted(type, call));
        types.sort(order(flags.sortBy()));
        if (flags.output().equals("name")) {
            types.forEach(type -> call.session().out().println(type.qualifiedPlural()));
            return 0;
        }
        var wide = flags.output().equals("wide");
        var table = TextTable.wide();
        if (!flags.noHeaders()) {
            table.row(row("NAME SHORTNAMES APIVERSION NAMESPACED KIND VERBS CATEGORIES", wide));
        }
        types.forEach(type -> table.row(row(type, wide)));
        table.print(call.session().out());
        return 0;
    }

    private static boolean wanted(ResourceType type, Call<Flags> call) {
        var flags = call.flags();
        return !type.verbs().isEmpty()
                && (!call.given("api-group") || type.group().equals(flags.apiGroup()))
                && (flags.namespaced() == null || flags.namespaced() == type.namespaced())
                && type.verbs().containsAll(words(flags.verbs()))
                && type.categories().containsAll(words(flags.categories()));
    }

    private static List<String> words(List<String> lists) {
        return lists.stream().flatMap(list -> Arrays.stream(list.split(","))).toList();
    }

    private static Comparator<ResourceType> order(String sortBy) {
        return switch (sortBy) {
            case "kind" -> Comparator.comparing(ResourceType::kind);
            case "name" -> Comparator.comparing(ResourceType::plural);
            default ->
                    Comparator.comparing(ResourceType::group).thenComparing(ResourceType::plural);
        };
    }

    private static List<String> row(String headers, boolean wide) {
        var cells = Arrays.asList(headers.split(" "));
        return wide ? cells : cells.subList(0, 5);
    }

    private static List<String> row(ResourceType type, boolean wide) {
        var cells =
                List.of(
                        type.plural(),
                        String.join(",", type.shortNames()),
                        type.apiVersion(),
                        Boolean.toString(type.namespaced()),
                        type.kind(),
                        String.join(",", type.verbs()),
                        String.join(",", type.categories()));
        return wide ? cells : cells.subList(0, 5);
    }
}
