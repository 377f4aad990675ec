package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Failures;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.explain.Explanation;
import io.coxswain.cli.explain.OpenApiSchemas;
import io.coxswain.cli.server.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `explain`: what a kind or a field is for.
public final class ExplainCommand {

    public static final Command COMMAND =
            Command.of(
                    "explain TYPE [--recursive=FALSE|TRUE] [--api-version=api-version-group]"
                            + " [-o|--output=plaintext|plaintext-openapiv2] [options]",
                    "Get documentation for a resource",
                    Flags.class,
                    ExplainCommand::run);

    public record Flags(
            GlobalFlags global,
            @Flag("Use given api-version (group/version) of the resource.") String apiVersion,
            @Flag(
                            value = "Format in which to render the schema. One of: (plaintext)",
                            def = "plaintext")
                    String output,
            @Flag(
                            "When true, print the name of all the fields recursively. Otherwise,"
                                    + " print the available fields with their description.")
                    boolean recursive)
            implements GlobalFlags.Holder {}

    /// A kind, and the way from it to a field.
    private record Question(ResourceType type, List<String> path) {}

    private ExplainCommand() {}

    private static int run(Call<Flags> call) {
        if (call.arguments().isEmpty()) {
            throw new CliError(
                    "You must specify the type of resource to explain. Use \"kubectl"
                            + " api-resources\" for a complete list of supported resources.");
        }
        if (call.arguments().size() > 1) {
            throw new CliError("We accept only this format: explain RESOURCE");
        }
        if (!call.flags().output().startsWith("plaintext")) {
            throw new CliError("unrecognized format: " + call.flags().output());
        }
        var question = question(call);
        var type = question.type();
        var root = type.group().isEmpty() ? "api/" : "apis/";
        var document = call.session().server().get("/openapi/v3/" + root + type.apiVersion());
        var schemas = new OpenApiSchemas(document);
        Json.@Nullable Obj kind = schemas.of(type);
        if (kind == null) {
            throw new CliError(
                    "GVR ("
                            + type.apiVersion()
                            + ", Resource="
                            + type.plural()
                            + ") not found in"
                            + " OpenAPI schema");
        }
        new Explanation(schemas, call.session().out())
                .print(type, kind, question.path(), call.flags().recursive());
        return 0;
    }

    /// `deployments.apps.spec` is the field `spec` of what `deployments.apps` means: the longest
    /// beginning that is a resource counts.
    private static Question question(Call<Flags> call) {
        var types = call.session().types();
        var words = List.of(call.argument(0).split("\\."));
        for (var length = words.size(); length > 0; length--) {
            var word = String.join(".", words.subList(0, length));
            var type = length == 1 ? types.search(word) : types.known(word);
            if (type != null) {
                var path = words.subList(length, words.size());
                return new Question(inVersion(call, type), path);
            }
        }
        throw Failures.bare("the server doesn't have a resource type \"" + words.getFirst() + "\"");
    }

    private static ResourceType inVersion(Call<Flags> call, ResourceType type) {
        var version = call.flags().apiVersion();
        if (version.isEmpty()) {
            return type;
        }
        return call.session().types().all().stream()
                .filter(t -> t.plural().equals(type.plural()) && t.apiVersion().equals(version))
                .findFirst()
                .orElseThrow(() ->
                        new CliError(
                                "couldn't find resource for \""
                                        + version
                                        + ", Resource="
                                        + type.plural()
                                        + "\""));
    }
}
