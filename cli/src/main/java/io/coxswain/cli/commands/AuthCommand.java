package io.coxswain.cli.commands;

import io.coxswain.api.json.Json;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Command.Line;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.describe.RuleTable;
import io.coxswain.cli.output.ObjectPrinter;
import io.coxswain.cli.output.OutputFlags;
import io.coxswain.cli.output.TextTable;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.util.ArrayList;
import java.util.List;

/// `auth`: who one is and what one may do.
public final class AuthCommand {

    private static final String ROOT = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";

    private static final String RULES = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews";

    private static final Command CAN_I =
            Command.of(
                    "auth can-i VERB [TYPE | TYPE/NAME | NONRESOURCEURL] [options]",
                    "Check whether an action is allowed",
                    Flags.class,
                    AuthCommand::canI);

    private static final Command WHO_AM_I =
            Command.of(
                    "auth whoami [options]",
                    "Experimental: Check self subject attributes",
                    WhoFlags.class,
                    AuthCommand::whoAmI);

    public static final Command COMMAND =
            Command.group(
                    "auth SUBCOMMAND [options]",
                    "Inspect authorization",
                    List.of(
                            Line.of("can-i", "Check whether an action is allowed", () -> CAN_I),
                            Line.of(
                                    "whoami",
                                    "Experimental: Check self subject attributes",
                                    () -> WHO_AM_I)));

    record Flags(
            GlobalFlags global,
            @Flag(value = "If true, check the specified action in all namespaces.", letter = "A")
                    boolean allNamespaces,
            @Flag("If true, prints all allowed actions.") boolean list,
            @Flag("If true, prints allowed actions without headers") boolean noHeaders,
            @Flag(value = "If true, suppress output and just return the exit code.", letter = "q")
                    boolean quiet,
            @Flag("SubResource such as pod/log or deployment/scale") String subresource)
            implements GlobalFlags.Holder {}

    record WhoFlags(GlobalFlags global, OutputFlags output) implements GlobalFlags.Holder {}

    private AuthCommand() {}

    private static int list(Call<Flags> call) {
        var session = call.session();
        var review =
                Trees.of(
                        "apiVersion",
                        "authorization.k8s.io/v1",
                        "kind",
                        "SelfSubjectRulesReview",
                        "spec",
                        Trees.of("namespace", session.namespace()));
        var answer = session.server().post(RULES, Query.EMPTY, review);
        var rules = new ArrayList<>(Trees.objects(answer, "status.resourceRules"));
        rules.addAll(Trees.objects(answer, "status.nonResourceRules"));
        var table = TextTable.wide();
        if (!call.flags().noHeaders()) {
            table.row("Resources", "Non-Resource URLs", "Resource Names", "Verbs");
        }
        RuleTable.rows(rules).forEach(table::row);
        table.print(session.out());
        return 0;
    }

    private static int canI(Call<Flags> call) {
        if (call.flags().list()) {
            return list(call);
        }
        if (call.arguments().size() < 2 || call.arguments().size() > 3) {
            throw new CliError(
                    "you must specify two arguments: verb resource or verb"
                            + " resource/resourceName.\n"
                            + "See 'kubectl auth can-i -h' for help and examples.");
        }
        var answer =
                call.session()
                        .server()
                        .post(
                                ROOT,
                                Query.EMPTY,
                                Trees.of(
                                        "apiVersion",
                                        "authorization.k8s.io/v1",
                                        "kind",
                                        "SelfSubjectAccessReview",
                                        "spec",
                                        attributes(call)));
        var allowed = Trees.flag(answer, "status.allowed");
        if (!call.flags().quiet()) {
            var reason = Trees.text(answer, "status.reason");
            var why = allowed || reason.isEmpty() ? "" : " - " + reason;
            call.session().out().println((allowed ? "yes" : "no") + why);
        }
        return allowed ? 0 : 1;
    }

    private static Json.Obj attributes(Call<Flags> call) {
        var session = call.session();
        var verb = call.argument(0);
        var what = call.argument(1);
        if (what.startsWith("/")) {
            return Trees.of("nonResourceAttributes", Trees.of("path", what, "verb", verb));
        }
        var slash = what.indexOf('/');
        var word = slash < 0 ? what : what.substring(0, slash);
        var name = slash < 0 ? call.argument(2) : what.substring(slash + 1);
        var type = session.types().search(word);
        if (type == null && !word.equals("*")) {
            session.err()
                    .println("Warning: the server doesn't have a resource type '" + word + "'\n");
        }
        if (type != null && !type.namespaced() && session.namespaceGiven()) {
            session.err()
                    .println("Warning: resource '" + type.plural() + "' is not namespace scoped\n");
        }
        var attributes =
                Trees.of(
                        "verb",
                        verb,
                        "resource",
                        type == null ? word : type.plural(),
                        "group",
                        type == null ? "" : type.group());
        if (!call.flags().allNamespaces()) {
            attributes = attributes.with("namespace", Json.of(session.namespace()));
        }
        if (!call.flags().subresource().isEmpty()) {
            attributes = attributes.with("subresource", Json.of(call.flags().subresource()));
        }
        attributes = name.isEmpty() ? attributes : attributes.with("name", Json.of(name));
        return Trees.of("resourceAttributes", attributes);
    }

    private static int whoAmI(Call<WhoFlags> call) {
        var answer =
                call.session()
                        .server()
                        .post(
                                "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                                Query.EMPTY,
                                Trees.of(
                                        "apiVersion",
                                        "authentication.k8s.io/v1",
                                        "kind",
                                        "SelfSubjectReview"));
        if (call.flags().output().chosen()) {
            ObjectPrinter.of(call.flags().output()).print(answer, null, call.session().out());
            return 0;
        }
        var user = Trees.object(answer, "status", "userInfo");
        var table = TextTable.wide();
        table.row("ATTRIBUTE", "VALUE");
        table.row("Username", user.text("username"));
        if (!user.text("uid").isEmpty()) {
            table.row("UID", user.text("uid"));
        }
        table.row("Groups", "[" + String.join(" ", Trees.texts(user, "groups")) + "]");
        user.object("extra")
                .fields()
                .forEach((name, values) ->
                        table.row(
                                "Extra: " + name,
                                "["
                                        + String.join(" ", Trees.texts(user.object("extra"), name))
                                        + "]"));
        table.print(call.session().out());
        return 0;
    }
}
