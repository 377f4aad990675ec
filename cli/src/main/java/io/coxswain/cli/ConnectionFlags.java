package io.coxswain.cli;

import io.coxswain.api.json.Json;
import io.coxswain.client.Kubeconfig;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/// Finds the kubeconfig and puts the command line's connection flags over it.
public final class ConnectionFlags {

    private static final String DEFAULT_SERVER = "http://localhost:8080";
    private static final Path ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

    private ConnectionFlags() {}

    /// The files that make up the kubeconfig: `--kubeconfig`, `KUBECONFIG`, or `~/.kube/config`.
    public static List<Path> files(GlobalFlags global, Map<String, String> environment) {
        if (!global.kubeconfig().isEmpty()) {
            return List.of(Path.of(global.kubeconfig()));
        }
        var listed = environment.getOrDefault("KUBECONFIG", "");
        if (!listed.isEmpty()) {
            return Arrays.stream(listed.split(File.pathSeparator))
                    .filter(name -> !name.isEmpty())
                    .map(Path::of)
                    .toList();
        }
        return List.of(Path.of(environment.getOrDefault("HOME", ""), ".kube").resolve("config"));
    }

    static Session.Connection resolve(GlobalFlags global, Map<String, String> environment) {
        var files = files(global, environment);
        if (!global.kubeconfig().isEmpty() && !Files.exists(files.getFirst())) {
            throw new CliError("stat " + global.kubeconfig() + ": no such file or directory");
        }
        var kubeconfig = Kubeconfig.read(files);
        return new Session.Connection(kubeconfig, overlay(context(kubeconfig, global), global));
    }

    private static Kubeconfig.Context context(Kubeconfig kubeconfig, GlobalFlags global) {
        if (global.context().isEmpty() && kubeconfig.currentContext().isEmpty()) {
            return withoutContext(kubeconfig, global);
        }
        try {
            return named(kubeconfig, kubeconfig.context(global.context()), global);
        } catch (IllegalArgumentException e) {
            var name = global.context();
            throw name.isEmpty()
                    ? new CliError(String.valueOf(e.getMessage()))
                    : Failures.bare(
                            "Error in configuration: context was not found for specified context: "
                                    + name);
        }
    }

    /// In a pod: its service account. Elsewhere: the port that an API server once had.
    private static Kubeconfig.Context withoutContext(Kubeconfig kubeconfig, GlobalFlags global) {
        var cluster = Json.EMPTY.with("server", Json.of(DEFAULT_SERVER));
        var user = Json.EMPTY;
        var host = System.getenv("KUBERNETES_SERVICE_HOST");
        if (host != null && Files.exists(ACCOUNT.resolve("token")) && global.server().isEmpty()) {
            var port = System.getenv("KUBERNETES_SERVICE_PORT");
            cluster =
                    Json.EMPTY
                            .with("server", Json.of("https://" + host + ":" + port))
                            .with("certificate-authority", path("ca.crt"));
            user = Json.EMPTY.with("tokenFile", path("token"));
        }
        var context = new Kubeconfig.Context("", cluster, user, "default", kubeconfig.directory());
        return named(kubeconfig, context, global);
    }

    private static Json path(String name) {
        return Json.of(ACCOUNT.resolve(name).toString());
    }

    /// `--cluster` and `--user` name other entries than the context does.
    private static Kubeconfig.Context named(
            Kubeconfig kubeconfig, Kubeconfig.Context context, GlobalFlags global) {
        var cluster = context.cluster();
        var user = context.user();
        if (!global.cluster().isEmpty()) {
            cluster = entry(kubeconfig, "clusters", "cluster", global.cluster());
        }
        if (!global.user().isEmpty()) {
            user = entry(kubeconfig, "users", "user", global.user());
        }
        return new Kubeconfig.Context(
                context.name(), cluster, user, context.namespace(), context.directory());
    }

    private static Json.Obj entry(Kubeconfig kubeconfig, String list, String field, String name) {
        for (var item : kubeconfig.tree().items(list)) {
            if (item instanceof Json.Obj entry && entry.text("name").equals(name)) {
                return entry.object(field);
            }
        }
        throw new CliError(
                field.equals("user")
                        ? "auth info \"" + name + "\" does not exist"
                        : "no server found for cluster \"" + name + "\"");
    }

    private static Kubeconfig.Context overlay(Kubeconfig.Context context, GlobalFlags global) {
        var cluster = put(context.cluster(), "server", global.server());
        if (!global.certificateAuthority().isEmpty()) {
            cluster =
                    put(cluster, "certificate-authority", global.certificateAuthority())
                            .without("certificate-authority-data");
        }
        cluster = put(cluster, "tls-server-name", global.tlsServerName());
        if (global.insecureSkipTlsVerify()) {
            cluster = cluster.with("insecure-skip-tls-verify", Json.of(true));
        }
        if (!cluster.text("server").contains("://")) {
            var scheme = cluster.text("server").isEmpty() ? "" : "http://";
            var server = scheme + cluster.text("server");
            cluster = put(cluster, "server", server.isEmpty() ? DEFAULT_SERVER : server);
        }
        return new Kubeconfig.Context(
                context.name(),
                cluster,
                user(context.user(), global),
                context.namespace(),
                context.directory());
    }

    private static Json.Obj user(Json.Obj configured, GlobalFlags global) {
        var user = configured;
        if (!global.clientCertificate().isEmpty()) {
            user =
                    put(user, "client-certificate", absolute(global.clientCertificate()))
                            .without("client-certificate-data");
        }
        if (!global.clientKey().isEmpty()) {
            user = put(user, "client-key", absolute(global.clientKey())).without("client-key-data");
        }
        if (!global.token().isEmpty()) {
            user = put(user, "token", global.token()).without("tokenFile").without("exec");
        }
        user = put(user, "username", global.username());
        user = put(user, "password", global.password());
        user = put(user, "as", global.as());
        user = put(user, "as-uid", global.asUid());
        if (!global.asGroup().isEmpty()) {
            var groups = global.asGroup().stream().map(Json::of).toList();
            user = user.with("as-groups", Json.array(groups));
        }
        return user;
    }

    private static String absolute(String file) {
        return Path.of(file).toAbsolutePath().toString();
    }

    private static Json.Obj put(Json.Obj entry, String field, String value) {
        return value.isEmpty() ? entry : entry.with(field, Json.of(value));
    }
}
