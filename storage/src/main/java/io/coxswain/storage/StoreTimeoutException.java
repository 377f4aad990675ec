package io.coxswain.storage;

/// The store did not answer in time. A write may have happened, or may happen yet.
public final class StoreTimeoutException extends StoreException {

    public StoreTimeoutException(String message, Throwable cause) {
        super(message, cause);
    }

    public StoreTimeoutException(String message) {
        super(message);
    }
}
