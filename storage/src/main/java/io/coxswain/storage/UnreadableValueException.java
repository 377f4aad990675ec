package io.coxswain.storage;

/// A value that is kept cannot be decrypted: its key is not among those that are known, or it was
/// tampered with.
public final class UnreadableValueException extends StoreException {

    public UnreadableValueException(String message) {
        super(message);
    }
}
