package io.coxswain.cli;

import io.coxswain.cli.Command.Line;
import io.coxswain.cli.commands.ApiResourcesCommand;
import io.coxswain.cli.commands.ApiVersionsCommand;
import io.coxswain.cli.commands.ApplyCommand;
import io.coxswain.cli.commands.AuthCommand;
import io.coxswain.cli.commands.CertificateCommand;
import io.coxswain.cli.commands.ClusterInfoCommand;
import io.coxswain.cli.commands.DeleteCommand;
import io.coxswain.cli.commands.DescribeCommand;
import io.coxswain.cli.commands.EventsCommand;
import io.coxswain.cli.commands.ExplainCommand;
import io.coxswain.cli.commands.GetCommand;
import io.coxswain.cli.commands.LabelCommand;
import io.coxswain.cli.commands.PatchCommand;
import io.coxswain.cli.commands.VersionCommand;
import io.coxswain.cli.commands.WaitCommand;
import io.coxswain.cli.commands.config.ConfigCommand;
import io.coxswain.cli.commands.create.CreateCommand;
import io.coxswain.cli.commands.edit.DiffCommand;
import io.coxswain.cli.commands.edit.EditCommand;
import io.coxswain.cli.commands.edit.ReplaceCommand;
import io.coxswain.cli.commands.node.CordonCommand;
import io.coxswain.cli.commands.node.DrainCommand;
import io.coxswain.cli.commands.node.TaintCommand;
import io.coxswain.cli.commands.pod.AttachCommand;
import io.coxswain.cli.commands.pod.CopyCommand;
import io.coxswain.cli.commands.pod.ExecCommand;
import io.coxswain.cli.commands.pod.LogsCommand;
import io.coxswain.cli.commands.pod.PortForwardCommand;
import io.coxswain.cli.commands.pod.RunCommand;
import io.coxswain.cli.commands.set.SetCommand;
import io.coxswain.cli.commands.workload.AutoscaleCommand;
import io.coxswain.cli.commands.workload.ExposeCommand;
import io.coxswain.cli.commands.workload.RolloutCommand;
import io.coxswain.cli.commands.workload.ScaleCommand;
import java.util.Comparator;
import java.util.List;

/// The commands of kubectl.
public final class Commands {

    public static final List<Line> ALL =
            List.of(
                    Line.of(
                            "create",
                            "Create a resource from a file or from stdin",
                            () -> CreateCommand.COMMAND),
                    Line.of(
                            "explain",
                            "Get documentation for a resource",
                            () -> ExplainCommand.COMMAND),
                    Line.of("events", "List events", () -> EventsCommand.COMMAND),
                    Line.of("edit", "Edit a resource on the server", () -> EditCommand.COMMAND),
                    Line.of(
                            "replace",
                            "Replace a resource by file name or stdin",
                            () -> ReplaceCommand.COMMAND),
                    Line.of(
                            "diff",
                            "Diff the live version against a would-be applied version",
                            () -> DiffCommand.COMMAND),
                    Line.of(
                            "autoscale",
                            "Auto-scale a deployment, replica set, stateful set, or replication"
                                    + " controller",
                            () -> AutoscaleCommand.COMMAND),
                    Line.of(
                            "certificate",
                            "Modify certificate resources",
                            () -> CertificateCommand.COMMAND),
                    Line.of(
                            "drain",
                            "Drain node in preparation for maintenance",
                            () -> DrainCommand.COMMAND),
                    Line.of(
                            "taint",
                            "Update the taints on one or more nodes",
                            () -> TaintCommand.COMMAND),
                    Line.of("get", "Display one or many resources", () -> GetCommand.COMMAND),
                    Line.of(
                            "delete",
                            "Delete resources by file names, stdin, resources and names, or by"
                                    + " resources and label selector",
                            () -> DeleteCommand.COMMAND),
                    Line.of(
                            "describe",
                            "Show details of a specific resource or group of resources",
                            () -> DescribeCommand.COMMAND),
                    Line.of(
                            "logs",
                            "Print the logs for a container in a pod",
                            () -> LogsCommand.COMMAND),
                    Line.of("attach", "Attach to a running container", () -> AttachCommand.COMMAND),
                    Line.of("exec", "Execute a command in a container", () -> ExecCommand.COMMAND),
                    Line.of(
                            "cp",
                            "Copy files and directories to and from containers",
                            () -> CopyCommand.COMMAND),
                    Line.of(
                            "port-forward",
                            "Forward one or more local ports to a pod",
                            () -> PortForwardCommand.COMMAND),
                    Line.of(
                            "apply",
                            "Apply a configuration to a resource by file name or stdin",
                            () -> ApplyCommand.COMMAND),
                    Line.of("label", "Update the labels on a resource", () -> LabelCommand.LABEL),
                    Line.of(
                            "annotate",
                            "Update the annotations on a resource",
                            () -> LabelCommand.ANNOTATE),
                    Line.of("patch", "Update fields of a resource", () -> PatchCommand.COMMAND),
                    Line.of(
                            "wait",
                            "Wait for a specific condition on one or many resources",
                            () -> WaitCommand.COMMAND),
                    Line.of(
                            "scale",
                            "Set a new size for a deployment, replica set, or replication"
                                    + " controller",
                            () -> ScaleCommand.COMMAND),
                    Line.of(
                            "rollout",
                            "Manage the rollout of a resource",
                            () -> RolloutCommand.COMMAND),
                    Line.of("set", "Set specific features on objects", () -> SetCommand.COMMAND),
                    Line.of(
                            "expose",
                            "Take a replication controller, service, deployment or pod and"
                                    + " expose it as a new service",
                            () -> ExposeCommand.COMMAND),
                    Line.of(
                            "run",
                            "Run a particular image on the cluster",
                            () -> RunCommand.COMMAND),
                    Line.of("cordon", "Mark node as unschedulable", () -> CordonCommand.CORDON),
                    Line.of("uncordon", "Mark node as schedulable", () -> CordonCommand.UNCORDON),
                    Line.of(
                            "cluster-info",
                            "Display cluster information",
                            () -> ClusterInfoCommand.COMMAND),
                    Line.of("auth", "Inspect authorization", () -> AuthCommand.COMMAND),
                    Line.of("config", "Modify kubeconfig files", () -> ConfigCommand.COMMAND),
                    Line.of(
                            "api-resources",
                            "Print the supported API resources on the server",
                            () -> ApiResourcesCommand.COMMAND),
                    Line.of(
                            "api-versions",
                            "Print the supported API versions on the server, in the form of"
                                    + " \"group/version\"",
                            () -> ApiVersionsCommand.COMMAND),
                    Line.of(
                            "version",
                            "Print the client and server version information",
                            () -> VersionCommand.COMMAND));

    private Commands() {}

    /// A command that is not there, with those that are nearly called so.
    static CliError unknown(String name, String parent, List<Line> lines) {
        var text = "unknown command \"" + name + "\" for \"" + parent + "\"";
        var near =
                lines.stream()
                        .map(Line::name)
                        .filter(n -> near(name, n))
                        .sorted(Comparator.comparingInt(n -> distance(name, n)))
                        .toList();
        return near.isEmpty()
                ? new CliError(text)
                : new CliError(text + "\n\nDid you mean this?\n\t" + String.join("\n\t", near));
    }

    private static boolean near(String a, String b) {
        return b.startsWith(a) || distance(a, b) <= 2;
    }

    private static int distance(String a, String b) {
        var row = new int[b.length() + 1];
        for (var j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.length(); j++) {
                var above = row[j];
                var change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(diagonal + change, 1 + Math.min(above, row[j - 1]));
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
