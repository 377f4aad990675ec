package io.coxswain.cli.commands.create;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.server.Trees;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;

/// `create configmap`.
final class CreateConfigMap {

    static final Command COMMAND =
            Command.of(
                    "create configmap NAME [--from-file=[key=]source]"
                            + " [--from-literal=key1=value1] [options]",
                    "Create a config map from a local file, directory or literal value",
                    Flags.class,
                    CreateConfigMap::run);

    record Flags(
            CreationFlags creation,
            @Flag("Key file can be specified using its file path.") List<String> fromFile,
            @Flag("Specify a key and literal value to insert in configmap (i.e. mykey=somevalue)")
                    List<String> fromLiteral,
            @Flag("Specify the path to a file to read lines of key=val pairs.")
                    List<String> fromEnvFile,
            @Flag("Append a hash of the configmap to its name.") boolean appendHash)
            implements CreationFlags.Holder {}

    private CreateConfigMap() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var name = Creation.name(call, "create configmap");
        var text = new TreeMap<String, String>();
        var binary = new TreeMap<String, String>();
        Literals.read(
                        "ConfigMap \"" + name + "\"",
                        flags.fromLiteral(),
                        flags.fromFile(),
                        flags.fromEnvFile())
                .forEach((key, value) -> {
                    var readable = Literals.text(value);
                    if (readable == null) {
                        binary.put(key, Base64.getEncoder().encodeToString(value));
                    } else {
                        text.put(key, readable);
                    }
                });
        var map = Creation.object("v1", "ConfigMap", name);
        map = text.isEmpty() ? map : map.with("data", Trees.strings(text));
        map = binary.isEmpty() ? map : map.with("binaryData", Trees.strings(binary));
        return new Creation(call.session(), flags.creation()).create(map);
    }
}
