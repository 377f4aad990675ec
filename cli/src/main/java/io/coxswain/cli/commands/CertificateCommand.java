package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Command.Line;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// `certificate approve` and `certificate deny`.
public final class CertificateCommand {

    private static final Command APPROVE =
            Command.of(
                    "certificate approve (-f FILENAME | NAME) [options]",
                    "Approve a certificate signing request",
                    Flags.class,
                    call -> run(call, "Approved", "Denied"));

    private static final Command DENY =
            Command.of(
                    "certificate deny (-f FILENAME | NAME) [options]",
                    "Deny a certificate signing request",
                    Flags.class,
                    call -> run(call, "Denied", "Approved"));

    public static final Command COMMAND =
            Command.group(
                    "certificate SUBCOMMAND [options]",
                    "Modify certificate resources",
                    List.of(
                            Line.of(
                                    "approve",
                                    "Approve a certificate signing request",
                                    () -> APPROVE),
                            Line.of("deny", "Deny a certificate signing request", () -> DENY)));

    record Flags(
            ChangeFlags change,
            @Flag("Update the CSR even if it is already approved or denied.") boolean force)
            implements ChangeFlags.Holder {}

    private CertificateCommand() {}

    private static int run(Call<Flags> call, String type, String opposite) {
        var arguments = new ArrayList<>(call.arguments());
        if (!arguments.isEmpty() && !arguments.getFirst().contains("/")) {
            arguments.addFirst("certificatesigningrequests");
        }
        var changes = new Changes(call.session(), call.flags().change(), "kubectl-certificate");
        return changes.each(
                changes.targets(arguments), csr -> decide(call, changes, csr, type, opposite));
    }

    private static void decide(
            Call<Flags> call, Changes changes, Target csr, String type, String opposite) {
        var conditions = new ArrayList<Json>(Trees.objects(csr.object(), "status.conditions"));
        var word = type.equals("Approved") ? "approve" : "deny";
        var done = type.toLowerCase(Locale.ROOT);
        var decided = conditions.stream().anyMatch(c -> is(c, type));
        if (decided && !call.flags().force()) {
            changes.tell(csr, csr.object(), done);
            return;
        }
        conditions.removeIf(c -> is(c, type) || is(c, opposite));
        var now = call.session().clock().now().truncatedTo(ChronoUnit.SECONDS).toString();
        conditions.add(
                Trees.of(
                        "type",
                        type,
                        "status",
                        "True",
                        "reason",
                        "Kubectl"
                                + word.substring(0, 1).toUpperCase(Locale.ROOT)
                                + word.substring(1),
                        "message",
                        "This CSR was " + done + " by kubectl certificate " + word + ".",
                        "lastUpdateTime",
                        now));
        var wanted = Trees.set(csr.object(), "status.conditions", Json.array(conditions));
        var answer = call.session().server().put(csr.path() + "/approval", Query.EMPTY, wanted);
        changes.tell(csr, answer, done);
    }

    private static boolean is(Json condition, String type) {
        return Trees.object(condition).text("type").equals(type);
    }
}
