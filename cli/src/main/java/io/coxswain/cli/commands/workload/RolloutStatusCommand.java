package io.coxswain.cli.commands.workload;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Durations;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.resource.FileFlags;
import io.coxswain.cli.resource.SelectFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.cli.server.Frames;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import java.io.IOException;
import java.time.Duration;

/// `rollout status`: follows a rollout to its end.
final class RolloutStatusCommand {

    static final Command COMMAND =
            Command.of(
                    "rollout status" + RolloutCommand.TYPES,
                    "Show the status of the rollout",
                    Flags.class,
                    RolloutStatusCommand::run);

    record Flags(
            GlobalFlags global,
            FileFlags files,
            @Flag(value = "Selector (label query) to filter on", letter = "l") String selector,
            @Flag(value = "Pin to a specific revision for showing its status.", def = "0")
                    int revision,
            @Flag(value = "The length of time to wait before ending watch", def = "0s")
                    String timeout,
            @Flag(
                            value = "Watch the status of the rollout until it's done.",
                            letter = "w",
                            def = "true")
                    boolean watch)
            implements GlobalFlags.Holder {}

    private RolloutStatusCommand() {}

    private static int run(Call<Flags> call) throws IOException {
        var flags = call.flags();
        RolloutCommand.check(call.arguments(), flags.files());
        var select = SelectFlags.NONE.labelled(flags.selector());
        var targets =
                new Targets(call.session()).fetched(flags.files(), call.arguments(), select, false);
        for (var target : targets) {
            follow(call, target);
        }
        return 0;
    }

    private static void follow(Call<Flags> call, Target target) throws IOException {
        var kind = target.type().kind();
        var status = RolloutStatus.of(target.object(), kind);
        call.session().out().println(status.text());
        call.session().out().flush();
        if (status.done() || !call.flags().watch()) {
            return;
        }
        var timeout = Durations.parse(call.flags().timeout());
        var patience = timeout.isZero() ? Duration.ofDays(7) : timeout;
        var query =
                Query.EMPTY
                        .with("watch", "true")
                        .with("fieldSelector", "metadata.name=" + target.name())
                        .with("timeoutSeconds", Long.toString(Math.max(1, patience.toSeconds())))
                        .with(
                                "resourceVersion",
                                Trees.text(target.object(), "metadata.resourceVersion"));
        var last = status.text();
        try (var frames =
                new Frames(
                        call.session()
                                .server()
                                .open(Request.get(target.collection()).withQuery(query)))) {
            for (var event = frames.next(); event != null; event = frames.next()) {
                if (event.type().equals("DELETED")) {
                    throw new CliError("object has been deleted");
                }
                var now = RolloutStatus.of(event.object(), kind);
                if (!now.text().equals(last)) {
                    call.session().out().println(now.text());
                    call.session().out().flush();
                    last = now.text();
                }
                if (now.done()) {
                    return;
                }
            }
        }
        throw new CliError("timed out waiting for the condition");
    }
}
