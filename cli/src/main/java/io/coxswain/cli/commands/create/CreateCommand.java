package io.coxswain.cli.commands.create;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Command.Line;
import io.coxswain.cli.Failures;
import io.coxswain.cli.commands.Selecting;
import io.coxswain.cli.output.OutputFlags;
import io.coxswain.cli.resource.FileFlags;
import io.coxswain.cli.resource.ManifestFiles;
import io.coxswain.cli.resource.Targets;
import java.util.List;

/// `create -f`: creates the objects of files.
public final class CreateCommand {

    private static final Command SECRET =
            Command.group(
                    "create secret (docker-registry | generic | tls)",
                    "Create a secret with specified type",
                    List.of(
                            Line.of(
                                    "docker-registry",
                                    "Create a secret for use with a Docker registry",
                                    () -> CreateSecretDockerRegistry.COMMAND),
                            Line.of(
                                    "generic",
                                    "Create a secret from a local file, directory, or literal"
                                            + " value",
                                    () -> CreateSecretGeneric.COMMAND),
                            Line.of("tls", "Create a TLS secret", () -> CreateSecretTls.COMMAND)));

    private static final Command SERVICE =
            Command.group(
                    "create service",
                    "Create a service using a specified subcommand",
                    List.of(
                            Line.of(
                                    "clusterip",
                                    "Create a ClusterIP service",
                                    () -> CreateServiceClusterIp.COMMAND),
                            Line.of(
                                    "externalname",
                                    "Create an ExternalName service",
                                    () -> CreateServiceExternalName.COMMAND),
                            Line.of(
                                    "loadbalancer",
                                    "Create a LoadBalancer service",
                                    () -> CreateServiceLoadBalancer.COMMAND),
                            Line.of(
                                    "nodeport",
                                    "Create a NodePort service",
                                    () -> CreateServiceNodePort.COMMAND)));

    private static final List<Line> CHILDREN =
            List.of(
                    Line.of(
                            "clusterrole",
                            "Create a cluster role",
                            () -> CreateClusterRole.COMMAND),
                    Line.of(
                            "clusterrolebinding",
                            "Create a cluster role binding for a particular cluster role",
                            () -> CreateClusterRoleBinding.COMMAND),
                    Line.of(
                            "configmap",
                            "Create a config map from a local file, directory or literal value",
                            () -> CreateConfigMap.COMMAND),
                    Line.alias("cm", "configmap", () -> CreateConfigMap.COMMAND),
                    Line.of(
                            "deployment",
                            "Create a deployment with the specified name",
                            () -> CreateDeployment.COMMAND),
                    Line.alias("deploy", "deployment", () -> CreateDeployment.COMMAND),
                    Line.of(
                            "cronjob",
                            "Create a cron job with the specified name",
                            () -> CreateCronJob.COMMAND),
                    Line.alias("cj", "cronjob", () -> CreateCronJob.COMMAND),
                    Line.of(
                            "ingress",
                            "Create an ingress with the specified name",
                            () -> CreateIngress.COMMAND),
                    Line.alias("ing", "ingress", () -> CreateIngress.COMMAND),
                    Line.of(
                            "poddisruptionbudget",
                            "Create a pod disruption budget with the specified name",
                            () -> CreatePodDisruptionBudget.COMMAND),
                    Line.alias(
                            "pdb", "poddisruptionbudget", () -> CreatePodDisruptionBudget.COMMAND),
                    Line.of(
                            "quota",
                            "Create a quota with the specified name",
                            () -> CreateQuota.COMMAND),
                    Line.alias("resourcequota", "quota", () -> CreateQuota.COMMAND),
                    Line.alias("pc", "priorityclass", () -> CreatePriorityClass.COMMAND),
                    Line.of("job", "Create a job with the specified name", () -> CreateJob.COMMAND),
                    Line.of(
                            "namespace",
                            "Create a namespace with the specified name",
                            () -> CreateNamespace.COMMAND),
                    Line.alias("ns", "namespace", () -> CreateNamespace.COMMAND),
                    Line.of(
                            "priorityclass",
                            "Create a priority class with the specified name",
                            () -> CreatePriorityClass.COMMAND),
                    Line.of("role", "Create a role with single rule", () -> CreateRole.COMMAND),
                    Line.of(
                            "rolebinding",
                            "Create a role binding for a particular role or cluster role",
                            () -> CreateRoleBinding.COMMAND),
                    Line.of(
                            "serviceaccount",
                            "Create a service account with the specified name",
                            () -> CreateServiceAccount.COMMAND),
                    Line.alias("sa", "serviceaccount", () -> CreateServiceAccount.COMMAND),
                    Line.of("token", "Request a service account token", () -> CreateToken.COMMAND),
                    Line.of("secret", "Create a secret using a specified subcommand", () -> SECRET),
                    Line.of(
                            "service",
                            "Create a service using a specified subcommand",
                            () -> SERVICE),
                    Line.alias("svc", "service", () -> SERVICE));

    public static final Command COMMAND =
            Command.of(
                            "create -f FILENAME [options]",
                            "Create a resource from a file or from stdin",
                            Flags.class,
                            CreateCommand::run)
                    .with(CHILDREN);

    public record Flags(
            CreationFlags creation,
            FileFlags files,
            @Flag(
                            value =
                                    "Selector (label query) to filter on, supports '=', '==', '!=',"
                                            + " 'in', 'notin'.",
                            letter = "l")
                    String selector)
            implements CreationFlags.Holder {

        OutputFlags output() {
            return creation.output();
        }
    }

    private CreateCommand() {}

    private static int run(Call<Flags> call) {
        var flags = call.flags();
        var session = call.session();
        if (!call.arguments().isEmpty()) {
            throw CliError.usage(
                    "create", "Unexpected args: [" + String.join(" ", call.arguments()) + "]");
        }
        if (flags.files().isEmpty()) {
            throw new CliError("must specify one of -f and -k");
        }
        var files = new ManifestFiles(session.in(), flags.files().recursive());
        if (!flags.creation().validate().checks()) {
            files.unchecked();
        }
        var manifests = files.read(flags.files().files());
        if (manifests.isEmpty()) {
            throw new CliError("no objects passed to create");
        }
        var selector = Selecting.labels(flags.selector());
        var creation = new Creation(session, flags.creation());
        var targets = new Targets(session);
        var failures = new Failures.Collector();
        for (var manifest : manifests) {
            if (flags.selector().isEmpty() || Selecting.matches(selector, manifest.object())) {
                failures.attempt(() -> creation.create(targets.target(manifest)));
            }
        }
        creation.finish();
        failures.finish();
        return 0;
    }
}
