package io.coxswain.cli;

/// A command failed; the message is all that the user is told.
public final class CliError extends RuntimeException {

    private final int exitCode;

    /// @param message without the leading `error: `, which is added when it is shown
    public CliError(String message) {
        this(message, 1);
    }

    /// An empty message tells the user nothing: the output said it already.
    public CliError(String message, int exitCode) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    public int exitCode() {
        return exitCode;
    }

    /// The command line is wrong; points to the help of the command.
    public static CliError usage(String command, String message) {
        return new CliError(message + "\nSee 'kubectl " + command + " -h' for help and examples");
    }
}
