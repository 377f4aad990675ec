package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.server.Trees;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// `create secret generic`.
final class CreateSecretGeneric {

    static final Command COMMAND =
            Command.of(
                    "create secret generic NAME [--type=string] [--from-file=[key=]source]"
                            + " [--from-literal=key1=value1] [options]",
                    "Create a secret from a local file, directory, or literal value",
                    Flags.class,
                    CreateSecretGeneric::run);

    record Flags(
            CreationFlags creation,
            @Flag("Key files can be specified using their file path.") List<String> fromFile,
            @Flag("Specify a key and literal value to insert in secret (i.e. mykey=somevalue)")
                    List<String> fromLiteral,
            @Flag("Specify the path to a file to read lines of key=val pairs.")
                    List<String> fromEnvFile,
            @Flag("The type of secret to create") String type)
            implements CreationFlags.Holder {}

    private CreateSecretGeneric() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var name = Creation.name(call, "create secret generic");
        var data =
                Literals.read(
                        "Secret \"" + name + "\"",
                        flags.fromLiteral(),
                        flags.fromFile(),
                        flags.fromEnvFile());
        var type = flags.type().isEmpty() ? "Opaque" : flags.type();
        return new Creation(call.session(), flags.creation()).create(secret(name, type, data));
    }

    static Json.Obj secret(String name, String type, Map<String, byte[]> data) {
        var encoded = new TreeMap<String, String>();
        data.forEach((key, value) -> encoded.put(key, Base64.getEncoder().encodeToString(value)));
        var secret = Creation.object("v1", "Secret", name);
        secret = encoded.isEmpty() ? secret : secret.with("data", Trees.strings(encoded));
        return type.equals("Opaque") ? secret : secret.with("type", Json.of(type));
    }
}
