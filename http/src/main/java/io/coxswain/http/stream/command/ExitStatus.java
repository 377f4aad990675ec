package io.coxswain.http.stream.command;

/// How a remote command ended.
public sealed interface ExitStatus {

    /// It ran and exited with 0.
    record Success() implements ExitStatus {}

    /// It ran and exited with another code.
    ///
    /// @param message what the user is told, in full
    record Exited(int code, String message) implements ExitStatus {}

    /// It could not be run, or its end is not known.
    ///
    /// @param message what the user is told, in full
    record Failed(String message) implements ExitStatus {}

    /// The status of an exit code, in the words of the kubelet; `detail` is the runtime's message.
    static ExitStatus exited(int code, String detail) {
        return code == 0
                ? new Success()
                : new Exited(code, "command terminated with non-zero exit code: " + detail);
    }

    static ExitStatus exited(int code) {
        return exited(code, "command terminated with exit code " + code);
    }

    /// The status of a command that could not be run.
    static ExitStatus failed(String cause) {
        return new Failed(
                "Internal error occurred: error executing command in container: " + cause);
    }

    /// The code a shell would report.
    default int code() {
        return switch (this) {
            case Success() -> 0;
            case Exited(var code, var message) -> code;
            case Failed(var message) -> 1;
        };
    }
}
