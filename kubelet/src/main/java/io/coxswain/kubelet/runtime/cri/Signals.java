package io.coxswain.kubelet.runtime.cri;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The interface's own numbers for signals: their place in this list, from 1.
final class Signals {

    private static final int REAL_TIME_FIRST = 35;
    private static final List<String> NAMES =
            List.of(
                    "SIGABRT",
                    "SIGALRM",
                    "SIGBUS",
                    "SIGCHLD",
                    "SIGCLD",
                    "SIGCONT",
                    "SIGFPE",
                    "SIGHUP",
                    "SIGILL",
                    "SIGINT",
                    "SIGIO",
                    "SIGIOT",
                    "SIGKILL",
                    "SIGPIPE",
                    "SIGPOLL",
                    "SIGPROF",
                    "SIGPWR",
                    "SIGQUIT",
                    "SIGSEGV",
                    "SIGSTKFLT",
                    "SIGSTOP",
                    "SIGSYS",
                    "SIGTERM",
                    "SIGTRAP",
                    "SIGTSTP",
                    "SIGTTIN",
                    "SIGTTOU",
                    "SIGURG",
                    "SIGUSR1",
                    "SIGUSR2",
                    "SIGVTALRM",
                    "SIGWINCH",
                    "SIGXCPU",
                    "SIGXFSZ");

    private Signals() {}

    /// 0, the image's own signal, for `null` and for names that do not exist.
    static int number(@Nullable String name) {
        if (name == null) {
            return 0;
        }
        if (name.equals("SIGRTMIN")) {
            return REAL_TIME_FIRST;
        }
        if (name.matches("SIGRTMIN\\+([1-9]|1[0-5])")) {
            return REAL_TIME_FIRST + Integer.parseInt(name.substring(9));
        }
        if (name.matches("SIGRTMAX-([1-9]|1[0-4])")) {
            return REAL_TIME_FIRST + 30 - Integer.parseInt(name.substring(9));
        }
        if (name.equals("SIGRTMAX")) {
            return REAL_TIME_FIRST + 30;
        }
        return NAMES.indexOf(name) + 1;
    }
}
