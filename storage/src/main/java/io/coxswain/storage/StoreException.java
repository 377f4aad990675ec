package io.coxswain.storage;

/// The store cannot do what was asked: the disk is full or broken, or the store is closed.
public class StoreException extends RuntimeException {

    public StoreException(String message) {
        super(message);
    }

    public StoreException(String message, Throwable cause) {
        super(message, cause);
    }
}
