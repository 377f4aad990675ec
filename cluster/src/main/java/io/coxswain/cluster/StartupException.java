package io.coxswain.cluster;

/// The cluster cannot start, and the message tells the user why and what to do about it.
public final class StartupException extends RuntimeException {

    public StartupException(String message) {
        super(message, null, false, false);
    }
}
