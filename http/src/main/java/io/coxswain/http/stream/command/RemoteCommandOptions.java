package io.coxswain.http.stream.command;

import io.coxswain.http.Query;

/// Which streams of a remote command are wanted. With a terminal there is no separate stderr.
public record RemoteCommandOptions(boolean stdin, boolean stdout, boolean stderr, boolean tty) {

    public RemoteCommandOptions {
        stderr = stderr && !tty;
    }

    /// The options in the query of a kubelet's or an API server's `exec` and `attach`, where they
    /// are named `input`, `output`, `error` (kubelet) or `stdin`, `stdout`, `stderr`.
    public static RemoteCommandOptions of(Query query) {
        var options =
                new RemoteCommandOptions(
                        query.flag("stdin") || query.flag("input"),
                        query.flag("stdout") || query.flag("output"),
                        query.flag("stderr") || query.flag("error"),
                        query.flag("tty"));
        if (!options.stdin && !options.stdout && !options.stderr) {
            throw new IllegalArgumentException(
                    "you must specify at least 1 of stdin, stdout, stderr");
        }
        return options;
    }
}
