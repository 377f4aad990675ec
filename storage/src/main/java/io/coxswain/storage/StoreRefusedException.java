package io.coxswain.storage;

/// The servers that keep the state refuse, in their own words.
public final class StoreRefusedException extends StoreException {

    public StoreRefusedException(String message, Throwable cause) {
        super(message, cause);
    }
}
