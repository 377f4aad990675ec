package io.coxswain.cli.commands.create;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Durations;
import io.coxswain.cli.output.ObjectPrinter;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.util.List;

/// `create token`.
final class CreateToken {

    static final Command COMMAND =
            Command.of(
                    "create token SERVICE_ACCOUNT_NAME [options]",
                    "Request a service account token",
                    Flags.class,
                    CreateToken::run);

    record Flags(
            CreationFlags creation,
            @Flag("Audience of the requested token.") List<String> audience,
            @Flag(value = "Requested lifetime of the issued token.", def = "0s") String duration)
            implements CreationFlags.Holder {}

    private CreateToken() {}

    private static Json.Obj asked(Call<Flags> call, String path, Json.Obj request) {
        try {
            return call.session().server().post(path, Query.EMPTY, request);
        } catch (ApiError e) {
            throw new CliError("failed to create token: " + e.status().message());
        }
    }

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var session = call.session();
        var name = Creation.name(call, "create token");
        var spec = Json.EMPTY;
        if (!flags.audience().isEmpty()) {
            spec = spec.with("audiences", Trees.list(flags.audience()));
        }
        var seconds = Durations.parse(flags.duration()).toSeconds();
        if (seconds > 0) {
            spec = spec.with("expirationSeconds", Json.of(seconds));
        }
        var request =
                Trees.of(
                        "apiVersion",
                        "authentication.k8s.io/v1",
                        "kind",
                        "TokenRequest",
                        "spec",
                        spec);
        var account = session.types().builtIn("", "serviceaccounts");
        var path = account.path(session.namespace(), name) + "/token";
        var answer = asked(call, path, request);
        if (flags.creation().output().chosen()) {
            ObjectPrinter.of(flags.creation().output()).print(answer, null, session.out());
        } else {
            session.out().println(Trees.text(answer, "status.token"));
        }
        return 0;
    }
}
