package io.coxswain.api.json;

/// Bytes that are not the JSON, the YAML or the object they should be; the message is Go's.
public final class DecodeError extends RuntimeException {

    public DecodeError(String message) {
        super(message, null, false, false);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
