package io.coxswain.apiserver.filters;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.meta.Status;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.http.BodyTooLargeException;
import io.coxswain.storage.StoreRefusedException;
import io.coxswain.storage.StoreTimeoutException;

/// What a client is told when something was thrown.
public final class Failures {

    private static final String TIMEOUT =
            "Timeout: request did not complete within the allotted timeout";

    private Failures() {}

    /// Whether a failure is an answer; anything else is a fault of the server.
    public static boolean expected(Throwable failure) {
        return failure instanceof ApiError
                || failure instanceof BodyTooLargeException
                || failure instanceof DecodeError
                || failure instanceof StoreTimeoutException
                || failure instanceof StoreRefusedException;
    }

    public static Status status(Throwable failure) {
        return switch (failure) {
            case ApiError error -> error.status();
            case BodyTooLargeException big ->
                    Errors.tooLarge(String.valueOf(big.getMessage())).status();
            case DecodeError unreadable ->
                    Errors.badRequest(String.valueOf(unreadable.getMessage())).status();
            case StoreTimeoutException late -> Errors.of(504, "Timeout", TIMEOUT, null).status();
            case StoreRefusedException refusal ->
                    Errors.of(500, "", String.valueOf(refusal.getMessage()), null).status();
            default -> Errors.internal(String.valueOf(failure.getMessage())).status();
        };
    }
}
