package io.coxswain.cluster.commands;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Secret;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.Clock;
import io.coxswain.base.HumanDuration;
import io.coxswain.base.flags.Flag;
import io.coxswain.base.flags.FlagSet;
import io.coxswain.base.flags.UsageError;
import io.coxswain.base.tls.Pem;
import io.coxswain.client.Client;
import io.coxswain.client.ListQuery;
import io.coxswain.cluster.StartupException;
import io.coxswain.cluster.join.JoinToken;
import io.coxswain.cluster.join.KeyPin;
import io.coxswain.controllers.bootstrap.BootstrapSecret;
import io.coxswain.controllers.bootstrap.BootstrapSigner;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// `cox token create|list|delete`: the tokens by which machines join.
record TokenCommand() implements Command {

    record Flags(
            AdminAccess access,
            @Flag(value = "How long the token is good for; 0 for ever", def = "24h") Duration ttl,
            @Flag("What the token is for, for people") String description,
            @Flag(value = "What it may be used for", def = "signing,authentication")
                    List<String> usages,
            @Flag("More groups of whoever joins with it: system:bootstrappers:…")
                    List<String> groups,
            @Flag("Prints the whole command for the new node instead of the token alone")
                    boolean printJoinCommand) {}

    @Override
    public Class<Flags> flags() {
        return Flags.class;
    }

    @Override
    public int run(List<String> args) {
        var parsed = FlagSet.of(Flags.class).parse(args);
        var words = parsed.arguments();
        var verb = words.isEmpty() ? "" : words.getFirst();
        var rest = words.isEmpty() ? words : words.subList(1, words.size());
        var flags = parsed.flags();
        if (verb.equals("create") && rest.size() < 2) {
            var token =
                    rest.isEmpty()
                            ? JoinToken.random(new SecureRandom())
                            : JoinToken.parse(rest.getFirst());
            return flags.access().with(connection -> create(connection.client(), token, flags));
        }
        if (verb.equals("list") && rest.isEmpty()) {
            return flags.access().with(connection -> list(connection.client()));
        }
        if (verb.equals("delete") && !rest.isEmpty()) {
            return flags.access().with(connection -> delete(connection.client(), rest));
        }
        throw new UsageError(
                "expected: cox token create [TOKEN], cox token list, or cox token delete ID…");
    }

    private static int create(Client client, JoinToken token, Flags flags) {
        if (flags.ttl().isNegative()) {
            throw new UsageError("--ttl must not be negative");
        }
        var now = Clock.SYSTEM.now();
        var expiration = flags.ttl().isZero() ? null : now.plus(flags.ttl());
        try {
            client.create(
                    token.stored(
                            expiration,
                            flags.description(),
                            separate(flags.usages()),
                            groups(flags)));
        } catch (ApiError error) {
            throw error.alreadyExists()
                    ? new StartupException("a token with id \"" + token.id() + "\" already exists")
                    : new StartupException(String.valueOf(error.getMessage()));
        }
        System.out.println(flags.printJoinCommand() ? command(client, token) : token.text());
        return 0;
    }

    private static List<String> groups(Flags flags) {
        return separate(flags.groups());
    }

    private static List<String> separate(List<String> lists) {
        var all = new ArrayList<String>();
        for (var list : lists) {
            all.addAll(List.of(list.split(",")));
        }
        return all;
    }

    /// What to type on the machine that is to join.
    private static String command(Client client, JoinToken token) {
        var info = client.find(ConfigMap.class, BootstrapSigner.NAMESPACE, BootstrapSigner.NAME);
        var content = info == null ? null : info.data().get(BootstrapSigner.CONTENT);
        if (content == null
                || !(Yaml.read(content) instanceof Json.Obj tree)
                || tree.items("clusters").isEmpty()
                || !(tree.items("clusters").getFirst() instanceof Json.Obj entry)) {
            throw new StartupException(
                    "the cluster has no kube-public/cluster-info, which new nodes ask for");
        }
        var cluster = entry.object("cluster");
        var pem = Base64.getDecoder().decode(cluster.text("certificate-authority-data"));
        var authority = Pem.certificates(new String(pem, StandardCharsets.UTF_8)).getFirst();
        return "cox agent --server %s --token %s --discovery-token-ca-cert-hash %s"
                .formatted(cluster.text("server"), token.text(), KeyPin.of(authority));
    }

    private static int list(Client client) {
        var format = "%-25s %-8s %-22s %-26s %s%n";
        System.out.printf(format, "TOKEN", "TTL", "EXPIRES", "USAGES", "DESCRIPTION");
        var query =
                ListQuery.ALL.in(BootstrapSecret.NAMESPACE).where("type=" + BootstrapSecret.TYPE);
        for (var secret : client.list(Secret.class, query).items()) {
            var token = BootstrapSecret.of(secret);
            if (token == null) {
                continue;
            }
            var end = token.expiration();
            System.out.printf(
                    format,
                    token.id() + "." + token.password(),
                    end == null ? "<forever>" : left(Duration.between(Clock.SYSTEM.now(), end)),
                    end == null ? "<never>" : end,
                    usages(secret),
                    description(secret));
        }
        return 0;
    }

    private static String left(Duration duration) {
        return duration.isNegative() ? "<invalid>" : HumanDuration.of(duration);
    }

    private static String usages(Secret secret) {
        var usages =
                JoinToken.USAGES.stream()
                        .filter(usage ->
                                BootstrapSecret.text(secret, "usage-bootstrap-" + usage)
                                        .equals("true"))
                        .toList();
        return usages.isEmpty() ? "<none>" : String.join(",", usages);
    }

    private static String description(Secret secret) {
        var text = BootstrapSecret.text(secret, "description");
        return text.isEmpty() ? "<none>" : text;
    }

    private static int delete(Client client, List<String> tokens) {
        var failed = 0;
        for (var text : tokens) {
            var id = text.matches("[a-z0-9]{6}") ? text : JoinToken.parse(text).id();
            try {
                client.delete(
                        Secret.class,
                        BootstrapSecret.NAMESPACE,
                        BootstrapSecret.PREFIX + id,
                        Edit.of(DeleteOptions.class).done());
                System.out.println("bootstrap token \"" + id + "\" deleted");
            } catch (ApiError error) {
                System.err.println(
                        "error: "
                                + (error.notFound()
                                        ? "there is no token with id \"" + id + "\""
                                        : error.getMessage()));
                failed = 1;
            }
        }
        return failed;
    }
}
