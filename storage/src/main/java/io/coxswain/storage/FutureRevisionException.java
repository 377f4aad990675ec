package io.coxswain.storage;

/// The revision asked for has not been reached yet.
public final class FutureRevisionException extends StoreException {

    private final long current;

    public FutureRevisionException(long asked, long current) {
        super("revision " + asked + " is in the future, the current one is " + current);
        this.current = current;
    }

    public long current() {
        return current;
    }
}
