package io.coxswain.http.stream.command;

import io.coxswain.http.stream.Pipes;
import io.coxswain.http.stream.Pumps;
import java.io.IOException;

/// Connects a client's remote command with the one that carries it out elsewhere: the kubelet's
/// client with the container runtime.
public final class CommandBridge {

    private CommandBridge() {}

    /// Copies everything both ways until the command ends or one side is lost; then both are closed
    /// and no thread is left. The exit status is passed on; a runtime that is lost is a failure.
    public static void copy(CommandStreams client, RemoteCommandClient runtime) {
        client.onEnd(runtime::close);
        try (var inputs = new Pumps();
                var outputs = new Pumps()) {
            inputs.start("stdin", () -> runtime.sendStdin(client.stdin()), runtime::close);
            inputs.start("resize", () -> runtime.sendSizes(client::nextResize), runtime::close);
            outputs.start(
                    "stdout", () -> Pipes.copy(runtime.stdout(), client.stdout()), runtime::close);
            outputs.start(
                    "stderr", () -> Pipes.copy(runtime.stderr(), client.stderr()), runtime::close);
            var status = exit(runtime);
            outputs.join();
            client.finish(status);
            runtime.close();
            inputs.join();
        } catch (IOException interrupted) {
            client.close();
        } finally {
            runtime.close();
        }
    }

    private static ExitStatus exit(RemoteCommandClient runtime) {
        try {
            return runtime.exit();
        } catch (IOException lost) {
            return ExitStatus.failed(String.valueOf(lost.getMessage()));
        }
    }
}
