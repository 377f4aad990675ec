package io.coxswain.storage.disk;

import java.io.IOException;

/// There is no space left for what was to be written.
public final class DiskFullException extends IOException {

    public DiskFullException(String message) {
        super(message);
    }

    public DiskFullException(String message, Throwable cause) {
        super(message, cause);
    }
}
