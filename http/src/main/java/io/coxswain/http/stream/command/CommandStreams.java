package io.coxswain.http.stream.command;

import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// What the server of a remote command sees of its client, whatever protocol they speak.
///
/// Each stream may be used by a thread of its own. Streams the client did not ask for are empty or
/// swallow what is written.
public interface CommandStreams {

    RemoteCommandOptions options();

    /// Ends when the client closes it (not possible before v5 over WebSocket); fails when the
    /// client is lost.
    InputStream stdin();

    OutputStream stdout();

    OutputStream stderr();

    /// Waits for the client's terminal to change its size; null when no more will come.
    @Nullable TerminalSize nextResize();

    /// Tells the client how the command ended and closes the connection. All output must have been
    /// written. Only the first call counts.
    void finish(ExitStatus status);

    /// Runs `callback` once when the connection ends, for whatever reason.
    void onEnd(Runnable callback);

    /// Closes the connection without an exit status.
    void close();
}
