package io.coxswain.apiserver.cel;

/// An expression that could not be evaluated to the end, with upstream's text.
public final class CelFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean costExceeded;

    public CelFailure(String message) {
        this(message, false);
    }

    private CelFailure(String message, boolean costExceeded) {
        super(message, null, false, false);
        this.costExceeded = costExceeded;
    }

    static CelFailure tooCostly() {
        return new CelFailure("operation cancelled: actual cost limit exceeded", true);
    }

    public static CelFailure noSuchKey(Object key) {
        return new CelFailure("no such key: " + key);
    }

    public static CelFailure noSuchOverload() {
        return new CelFailure("no such overload");
    }

    /// Whether it was stopped for its cost, which no `||` can make good.
    public boolean costExceeded() {
        return costExceeded;
    }

    public String text() {
        return String.valueOf(getMessage());
    }
}
