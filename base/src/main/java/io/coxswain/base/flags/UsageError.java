package io.coxswain.base.flags;

/// The command line cannot be understood; the message says why, in pflag's words.
public final class UsageError extends RuntimeException {

    public UsageError(String message) {
        super(message, null, false, false);
    }
}
