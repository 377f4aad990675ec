package io.coxswain.cli.commands.pod;

import io.coxswain.api.schema.ApiError;
import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.Durations;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// `logs`: what containers have written.
public final class LogsCommand {

    public static final Command COMMAND =
            Command.of(
                    "logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER] [options]",
                    "Print the logs for a container in a pod or specified resource",
                    Flags.class,
                    LogsCommand::run);

    public record Flags(
            GlobalFlags global,
            @Flag("Get all containers' logs in the pod(s).") boolean allContainers,
            @Flag("Get logs from all pod(s).") boolean allPods,
            @Flag(value = "Print the logs of this container", letter = "c") String container,
            @Flag(value = "Specify if the logs should be streamed.", letter = "f") boolean follow,
            @Flag(
                            "If watching / following pod logs, allow for any errors that occur"
                                    + " to be"
                                    + " non-fatal")
                    boolean ignoreErrors,
            @Flag(value = "Maximum bytes of logs to return.", def = "0") int limitBytes,
            @Flag(
                            value =
                                    "Specify maximum number of concurrent logs to follow when using"
                                            + " by a selector.",
                            def = "5")
                    int maxLogRequests,
            @Flag(
                            value =
                                    "The length of time to wait until at least one pod is"
                                            + " running",
                            def = "20s")
                    String podRunningTimeout,
            @Flag("Prefix each log line with the log source (pod name and container name)")
                    boolean prefix,
            @Flag(
                            value =
                                    "If true, print the logs for the previous instance of the"
                                            + " container in a pod if it exists.",
                            letter = "p")
                    boolean previous,
            @Flag(value = "Selector (label query) to filter on", letter = "l") String selector,
            @Flag("Only return logs newer than a relative duration like 5s, 2m, or 3h.")
                    String since,
            @Flag("Only return logs after a specific date (RFC3339).") String sinceTime,
            @Flag(value = "Lines of recent log file to display.", def = "-1") int tail,
            @Flag("Include timestamps on each line in the log output") boolean timestamps)
            implements GlobalFlags.Holder {}

    /// One container's log.
    private record Source(Target pod, String container) {}

    private LogsCommand() {}

    private static int run(Call<Flags> call) throws IOException {
        var flags = call.flags();
        check(call);
        var sources = new ArrayList<Source>();
        for (var pod : pods(call)) {
            sources.addAll(sources(call, pod));
        }
        if (flags.follow() && sources.size() > flags.maxLogRequests()) {
            throw new CliError(
                    "you are attempting to follow "
                            + sources.size()
                            + " log streams, but maximum allowed concurrency is "
                            + flags.maxLogRequests()
                            + ", use --max-log-requests to increase the limit");
        }
        if (flags.follow() && sources.size() > 1) {
            together(call, sources);
            return 0;
        }
        for (var source : sources) {
            copy(call, source);
        }
        return 0;
    }

    private static void check(Call<Flags> call) {
        var flags = call.flags();
        if (call.arguments().isEmpty() && flags.selector().isEmpty()) {
            throw CliError.usage(
                    "logs",
                    "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required"
                            + " argument for the logs command");
        }
        if (!call.arguments().isEmpty() && !flags.selector().isEmpty()) {
            throw CliError.usage("logs", "only a selector (-l) or a POD name is allowed");
        }
        if (!flags.since().isEmpty() && !flags.sinceTime().isEmpty()) {
            throw new CliError("at most one of `sinceTime` or `sinceSeconds` may be specified");
        }
        if (flags.allContainers() && !flags.container().isEmpty()) {
            throw new CliError(
                    "--all-containers=true should not be specified with container name "
                            + flags.container());
        }
        if (flags.limitBytes() < 0) {
            throw new CliError("--limit-bytes must be greater than 0");
        }
        if (flags.tail() < -1) {
            throw new CliError("--tail must be greater than or equal to -1");
        }
    }

    private static List<Target> pods(Call<Flags> call) {
        var choice = new PodChoice(call.session(), "get the logs from");
        var flags = call.flags();
        if (!flags.selector().isEmpty()) {
            var pods = choice.selected(flags.selector());
            if (pods.isEmpty()) {
                call.session()
                        .err()
                        .println(
                                "No resources found in "
                                        + call.session().namespace()
                                        + " namespace.");
            }
            return pods;
        }
        var word = call.argument(0);
        try {
            return flags.allPods() ? choice.pods(word) : List.of(choice.pod(word));
        } catch (ApiError e) {
            if (e.notFound()) {
                throw new CliError(
                        "error from server (NotFound): %s in namespace \"%s\""
                                .formatted(e.status().message(), call.session().namespace()));
            }
            throw e;
        }
    }

    private static List<Source> sources(Call<Flags> call, Target pod) {
        var flags = call.flags();
        if (flags.allContainers()) {
            var all = new ArrayList<Source>();
            for (var list : List.of("initContainers", "containers", "ephemeralContainers")) {
                Trees.objects(pod.object(), "spec." + list)
                        .forEach(c -> all.add(new Source(pod, c.text("name"))));
            }
            return all;
        }
        var named =
                flags.container().isEmpty() && call.arguments().size() > 1
                        ? call.argument(1)
                        : flags.container();
        var container = new PodChoice(call.session(), "").container(pod, named);
        if (!PodChoice.has(pod, container)) {
            throw new CliError("container " + container + " is not valid for pod " + pod.name());
        }
        return List.of(new Source(pod, container));
    }

    private static Query query(Call<Flags> call, String container) {
        var flags = call.flags();
        var query = Query.EMPTY.with("container", container);
        query = flags.follow() ? query.with("follow", "true") : query;
        query = flags.previous() ? query.with("previous", "true") : query;
        query = flags.timestamps() ? query.with("timestamps", "true") : query;
        if (!flags.since().isEmpty()) {
            var seconds = Math.max(1, Durations.parse(flags.since()).toSeconds());
            query = query.with("sinceSeconds", Long.toString(seconds));
        }
        if (!flags.sinceTime().isEmpty()) {
            query = query.with("sinceTime", flags.sinceTime());
        }
        if (flags.limitBytes() > 0) {
            query = query.with("limitBytes", Integer.toString(flags.limitBytes()));
        }
        var selected = !flags.selector().isEmpty() && !call.given("tail") && !flags.follow();
        var tail = selected ? 10 : flags.tail();
        return tail >= 0 ? query.with("tailLines", Integer.toString(tail)) : query;
    }

    private static void copy(Call<Flags> call, Source source) throws IOException {
        var request =
                Request.get(source.pod().path() + "/log")
                        .withQuery(query(call, source.container()))
                        .withHeader("accept", "*/*");
        var out = call.session().out();
        try (var body = call.session().server().open(request).body()) {
            if (call.flags().prefix()) {
                lines(body.asStream(), prefix(source), out);
                return;
            }
            for (var frame = body.take(); frame != null; frame = body.take()) {
                out.write(frame.bytes());
                out.flush();
            }
        }
    }

    private static String prefix(Source source) {
        return "[pod/" + source.pod().name() + "/" + source.container() + "] ";
    }

    private static void lines(InputStream in, String prefix, PrintStream out) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        for (var line = reader.readLine(); line != null; line = reader.readLine()) {
            out.println(prefix + line);
            out.flush();
        }
    }

    private static void together(Call<Flags> call, List<Source> sources) {
        var threads = new ArrayList<Thread>();
        for (var source : sources) {
            threads.add(
                    Thread.ofVirtual()
                            .name("logs")
                            .start(() -> {
                                try {
                                    copy(call, source);
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            }));
        }
        try {
            for (var thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
