package io.coxswain.api.schema;

import io.coxswain.api.meta.Status;

/// An expected failure, carrying the `Status` that the client is sent.
///
/// Whoever finds the problem throws the most exact one; `Errors` in this package makes them.
public final class ApiError extends RuntimeException {

    private final Status status;

    public ApiError(Status status) {
        super(status.message(), null, false, false);
        this.status = status;
    }

    public Status status() {
        return status;
    }

    public int code() {
        return status.code();
    }

    public String reason() {
        return status.reason();
    }

    public boolean notFound() {
        return reason().equals("NotFound");
    }

    public boolean conflict() {
        return reason().equals("Conflict");
    }

    public boolean alreadyExists() {
        return reason().equals("AlreadyExists");
    }

    /// Whether the watch has to start over: the revision asked for was compacted.
    public boolean expired() {
        return code() == 410;
    }
}
