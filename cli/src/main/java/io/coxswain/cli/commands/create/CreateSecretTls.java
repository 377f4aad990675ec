package io.coxswain.cli.commands.create;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import java.nio.file.Path;
import java.util.Map;

/// `create secret tls`.
final class CreateSecretTls {

    static final Command COMMAND =
            Command.of(
                    "create secret tls NAME --cert=path/to/cert/file --key=path/to/key/file"
                            + " [options]",
                    "Create a TLS secret",
                    Flags.class,
                    CreateSecretTls::run);

    record Flags(
            CreationFlags creation,
            @Flag("Path to PEM encoded public key certificate.") String cert,
            @Flag("Path to private key associated with given certificate.") String key)
            implements CreationFlags.Holder {}

    private CreateSecretTls() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var name = Creation.name(call, "create secret tls");
        if (flags.cert().isEmpty() || flags.key().isEmpty()) {
            throw new CliError("key and cert must be specified");
        }
        var data =
                Map.of(
                        "tls.crt", Literals.bytes(Path.of(flags.cert())),
                        "tls.key", Literals.bytes(Path.of(flags.key())));
        return new Creation(call.session(), flags.creation())
                .create(CreateSecretGeneric.secret(name, "kubernetes.io/tls", data));
    }
}
