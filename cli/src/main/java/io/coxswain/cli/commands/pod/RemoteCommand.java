package io.coxswain.cli.commands.pod;

import io.coxswain.cli.CliError;
import io.coxswain.cli.Session;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.stream.command.ExitStatus;
import io.coxswain.http.stream.command.RemoteCommandClient;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// Connects the streams of this program with a process in a container.
final class RemoteCommand {

    private final Session session;
    private final boolean stdin;
    private final boolean tty;

    RemoteCommand(Session session, boolean stdin, boolean tty) {
        this.session = session;
        this.stdin = stdin;
        this.tty = tty;
    }

    /// The exit code of the process; what else went wrong is thrown.
    ///
    /// @param query what to run; the streams are added
    int run(String path, Query query) throws IOException {
        var in = stdin ? session.in() : InputStream.nullInputStream();
        if (!tty) {
            return code(connect(path, query, in, session.out(), session.err(), null));
        }
        try (var terminal = Terminal.raw()) {
            return code(connect(path, query, in, session.out(), session.err(), terminal));
        }
    }

    private int code(ExitStatus status) {
        return code(session, status);
    }

    /// Tells how a process ended that did not end well; its exit code.
    static int code(Session session, ExitStatus status) {
        session.out().flush();
        return switch (status) {
            case ExitStatus.Success() -> 0;
            case ExitStatus.Exited(var code, var message) -> {
                session.err().println("command terminated with exit code " + code);
                yield code;
            }
            case ExitStatus.Failed(var message) -> throw new CliError(message);
        };
    }

    ExitStatus connect(
            String path,
            Query query,
            InputStream in,
            OutputStream out,
            OutputStream err,
            @Nullable Terminal terminal)
            throws IOException {
        var offer = RemoteCommandClient.webSocketOffer();
        var all = query.with("stdout", "true");
        all = stdin ? all.with("stdin", "true") : all;
        all = tty ? all.with("tty", "true") : all.with("stderr", "true");
        var request = Request.get(path).withQuery(all).withHeaders(offer.headers());
        var accepted = session.server().upgrade(request);
        var protocol = offer.protocol(accepted.headers());
        try (var client = RemoteCommandClient.overWebSocket(accepted.connection(), protocol)) {
            return client.run(
                    in,
                    new Flushing(out),
                    new Flushing(err),
                    () -> terminal == null ? null : terminal.nextSize());
        }
    }

    /// Shows at once what was written.
    private static final class Flushing extends OutputStream {
        private final OutputStream out;

        Flushing(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            out.flush();
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            out.flush();
        }
    }
}
