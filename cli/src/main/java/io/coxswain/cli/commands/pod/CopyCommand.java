package io.coxswain.cli.commands.pod;

import io.coxswain.base.flags.Flag;
import io.coxswain.cli.CliError;
import io.coxswain.cli.Command;
import io.coxswain.cli.Command.Call;
import io.coxswain.cli.GlobalFlags;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.resource.Targets;
import io.coxswain.http.Query;
import io.coxswain.http.stream.command.ExitStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// `cp`: copies files to and from containers that have `tar`.
public final class CopyCommand {

    private static final int PIPE_BYTES = 64 * 1024;

    public static final Command COMMAND =
            Command.of(
                    "cp <file-spec-src> <file-spec-dest> [options]",
                    "Copy files and directories to and from containers",
                    Flags.class,
                    CopyCommand::run);

    record Flags(
            GlobalFlags global,
            @Flag(value = "Container name.", letter = "c") String container,
            @Flag("The copied file/directory's ownership and permissions will not be preserved")
                    boolean noPreserve,
            @Flag(value = "Set number of retries to complete a copy operation", def = "0")
                    int retries)
            implements GlobalFlags.Holder {}

    private record Place(Target pod, String container) {}

    /// Moves bytes between this program and the one in the container.
    @FunctionalInterface
    private interface Work {
        void run() throws IOException;
    }

    private CopyCommand() {}

    private static int run(Call<Flags> call) throws IOException {
        if (call.arguments().size() != 2) {
            throw new CliError("source and destination are required");
        }
        var from = FileSpec.parse(call.argument(0));
        var to = FileSpec.parse(call.argument(1));
        if (from.remote() && to.remote()) {
            throw new CliError("one of src or dest must be a local file specification");
        }
        if (!from.remote() && !to.remote()) {
            throw new CliError("one of src or dest must be a remote file specification");
        }
        if (from.path().isEmpty() || to.path().isEmpty()) {
            throw new CliError("filepath can not be empty");
        }
        return from.remote() ? download(call, from, Path.of(to.path())) : upload(call, from, to);
    }

    private static int upload(Call<Flags> call, FileSpec from, FileSpec to) throws IOException {
        var file = Path.of(from.path());
        if (!Files.exists(file)) {
            throw new CliError(from.path() + " doesn't exist in local filesystem");
        }
        var place = place(call, to);
        var discarded = OutputStream.nullOutputStream();
        var test = List.of("test", "-d", to.path());
        var none = InputStream.nullInputStream();
        var isFolder =
                execute(call, place, test, none, discarded, discarded)
                        instanceof ExitStatus.Success;
        var name = file.toAbsolutePath().normalize().getFileName();
        var goal = isFolder && name != null ? to.inside(name.toString()) : to;
        var unpack =
                call.flags().noPreserve()
                        ? List.of("tar", "--no-same-permissions", "--no-same-owner", "-xmf", "-")
                        : List.of("tar", "-xmf", "-");
        var command = new ArrayList<>(unpack);
        command.addAll(List.of("-C", goal.folder()));
        var pipe = new PipedInputStream(PIPE_BYTES);
        var sink = new PipedOutputStream(pipe);
        var packing =
                start(() -> {
                    try (sink) {
                        var tar = new TarOutput(sink);
                        tar.add(file, goal.lastName());
                        tar.finish();
                    }
                });
        var session = call.session();
        var status = execute(call, place, command, pipe, session.out(), session.err());
        pipe.close();
        if (status instanceof ExitStatus.Success) {
            packing.finish();
        }
        return RemoteCommand.code(session, status);
    }

    private static int download(Call<Flags> call, FileSpec from, Path to) throws IOException {
        var place = place(call, from);
        var session = call.session();
        var pipe = new PipedInputStream(PIPE_BYTES);
        var unpacking =
                start(() -> {
                    try (pipe) {
                        new Unpacking(from.path(), to, session.err()).unpack(pipe);
                    }
                });
        ExitStatus status;
        try (var sink = new PipedOutputStream(pipe)) {
            var command = List.of("tar", "cf", "-", from.path());
            status = execute(call, place, command, null, sink, session.err());
        }
        unpacking.finish();
        return RemoteCommand.code(session, status);
    }

    /// Work that goes on meanwhile.
    private record Meanwhile(Thread thread, AtomicReference<@Nullable IOException> failure) {

        void finish() throws IOException {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            var known = failure.get();
            if (known != null) {
                throw new CliError(String.valueOf(known.getMessage()));
            }
        }
    }

    private static Meanwhile start(Work work) {
        var failure = new AtomicReference<@Nullable IOException>();
        var thread =
                Thread.ofVirtual()
                        .name("cp")
                        .start(() -> {
                            try {
                                work.run();
                            } catch (IOException e) {
                                failure.set(e);
                            }
                        });
        return new Meanwhile(thread, failure);
    }

    private static Place place(Call<Flags> call, FileSpec spec) {
        var session = call.session();
        var type = session.types().builtIn("", "pods");
        var namespace = spec.namespace().isEmpty() ? session.namespace() : spec.namespace();
        var known = new Targets(session).named(type, spec.pod());
        var pod =
                new Targets(session)
                        .fetch(new Target(type, namespace, known.name(), known.object(), ""));
        var choice = new PodChoice(session, "attach to");
        return new Place(pod, choice.container(pod, call.flags().container()));
    }

    private static ExitStatus execute(
            Call<Flags> call,
            Place place,
            List<String> command,
            @Nullable InputStream in,
            OutputStream out,
            OutputStream err)
            throws IOException {
        var session = call.session();
        var query = Query.EMPTY;
        for (var word : command) {
            query = query.with("command", word);
        }
        var remote = new RemoteCommand(session, in != null, false);
        var input = in == null ? InputStream.nullInputStream() : in;
        var path = place.pod().path() + "/exec";
        var whole = query.with("container", place.container());
        return remote.connect(path, whole, input, out, err, null);
    }
}
