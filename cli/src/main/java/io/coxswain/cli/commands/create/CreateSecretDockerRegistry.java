package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.server.Trees;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// `create secret docker-registry`.
final class CreateSecretDockerRegistry {

    static final Command COMMAND =
            Command.of(
                    "create secret docker-registry NAME --docker-username=user"
                            + " --docker-password=password [options]",
                    "Create a secret for use with a Docker registry",
                    Flags.class,
                    CreateSecretDockerRegistry::run);

    record Flags(
            CreationFlags creation,
            @Flag("Username for Docker registry authentication") String dockerUsername,
            @Flag("Password for Docker registry authentication") String dockerPassword,
            @Flag("Email for Docker registry") String dockerEmail,
            @Flag(
                            value = "Server location for Docker registry",
                            def = "https://index.docker.io/v1/")
                    String dockerServer)
            implements CreationFlags.Holder {}

    private CreateSecretDockerRegistry() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var name = Creation.name(call, "create secret docker-registry");
        if (flags.dockerUsername().isEmpty() || flags.dockerPassword().isEmpty()) {
            throw new CliError(
                    "either --from-file or the combination of --docker-username, --docker-password"
                            + " and --docker-server is required");
        }
        var pair = flags.dockerUsername() + ":" + flags.dockerPassword();
        var auth = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        var entry =
                Trees.of("username", flags.dockerUsername(), "password", flags.dockerPassword());
        entry =
                flags.dockerEmail().isEmpty()
                        ? entry
                        : entry.with("email", Json.of(flags.dockerEmail()));
        entry = entry.with("auth", Json.of(auth));
        var config = Trees.of("auths", Trees.of(flags.dockerServer(), entry));
        var data = Map.of(".dockerconfigjson", JsonWriter.write(config));
        return new Creation(call.session(), flags.creation())
                .create(CreateSecretGeneric.secret(name, "kubernetes.io/dockerconfigjson", data));
    }
}
