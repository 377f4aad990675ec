package io.coxswain.cli.commands.node;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Durations;
import io.coxswain.cli.Failures;
import io.coxswain.cli.Session;
import io.coxswain.cli.commands.ChangeFlags;
import io.coxswain.cli.commands.Changes;
import io.coxswain.cli.output.DryRun;
import io.coxswain.cli.resource.SelectFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `drain`: empties a node: no new pods, and those that are there go elsewhere.
public final class DrainCommand {

    public static final Command COMMAND =
            Command.of(
                    "drain NODE [options]",
                    "Drain node in preparation for maintenance",
                    Flags.class,
                    DrainCommand::run);

    record Flags(
            ChangeFlags change,
            @Flag(value = "Return large lists in chunks rather than all at once.", def = "500")
                    int chunkSize,
            @Flag("Continue even if there are pods using emptyDir.") boolean deleteEmptydirData,
            @Flag("Force drain to use delete, even if eviction is supported.")
                    boolean disableEviction,
            @Flag("Continue even if there are pods that do not declare a controller.")
                    boolean force,
            @Flag(value = "Period of time in seconds given to each pod to terminate.", def = "-1")
                    int gracePeriod,
            @Flag("Ignore DaemonSet-managed pods.") boolean ignoreDaemonsets,
            @Flag("Label selector to filter pods on the node") String podSelector,
            @Flag(
                            value =
                                    "If pod DeletionTimestamp older than N seconds, skip waiting"
                                            + " for the pod.",
                            def = "0")
                    int skipWaitForDeleteTimeout,
            @Flag(
                            value =
                                    "The length of time to wait before giving up, zero means"
                                            + " infinite",
                            def = "0s")
                    String timeout)
            implements ChangeFlags.Holder {}

    private DrainCommand() {}

    private static int run(Call<Flags> call) throws IOException {
        var session = call.session();
        var changes = new Changes(session, call.flags().change(), "kubectl-drain");
        var nodes = CordonCommand.nodes(call, changes, "drain");
        for (var node : nodes) {
            CordonCommand.mark(changes, node, true);
        }
        var pending = new ArrayList<String>();
        var why = new ArrayList<String>();
        for (var node : nodes) {
            try {
                drain(call, node);
            } catch (Failures failure) {
                var message = failure.all().getFirst().getMessage();
                session.err()
                        .println(
                                "error: unable to drain node \""
                                        + node.name()
                                        + "\" due to error: "
                                        + message
                                        + ", continuing command...");
                pending.add(" - " + node.name());
                why.add(message);
            }
        }
        if (!pending.isEmpty()) {
            session.err().println("There are pending nodes to be drained:");
            pending.forEach(session.err()::println);
            throw Failures.bare(listed(why));
        }
        return 0;
    }

    static String listed(List<String> messages) {
        return messages.size() == 1 ? messages.getFirst() : "[" + String.join(", ", messages) + "]";
    }

    private static void drain(Call<Flags> call, Target node) throws IOException {
        var flags = call.flags();
        var session = call.session();
        var dryRun = DryRun.parse(flags.change().dryRun().dryRun(), session.err());
        var verdict =
                new DrainFilter(
                                session,
                                flags.force(),
                                flags.ignoreDaemonsets(),
                                flags.deleteEmptydirData())
                        .judge(podsOn(session, node, flags.podSelector()));
        if (!verdict.obstacles().isEmpty()) {
            throw Failures.bare(listed(verdict.obstacles()));
        }
        verdict.warnings().forEach(w -> session.err().println("Warning: " + w));
        if (dryRun == DryRun.NONE) {
            var timeout = Durations.parse(flags.timeout());
            new Eviction(session, flags.gracePeriod(), flags.disableEviction(), timeout)
                    .evict(verdict.leaving());
        } else {
            verdict.leaving()
                    .forEach(pod ->
                            session.out()
                                    .println(
                                            "evicting pod "
                                                    + pod.namespace()
                                                    + "/"
                                                    + pod.name()
                                                    + dryRun.remark()));
        }
        session.out().println("node/" + node.name() + " drained" + dryRun.remark());
    }

    private static List<Target> podsOn(Session session, Target node, String labels) {
        var select = new SelectFlags(true, "spec.nodeName=" + node.name(), labels);
        try {
            return new Targets(session).list(session.types().builtIn("", "pods"), select);
        } catch (IllegalArgumentException e) {
            throw new CliError(String.valueOf(e.getMessage()));
        }
    }
}
