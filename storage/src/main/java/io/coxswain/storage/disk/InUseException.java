package io.coxswain.storage.disk;

import java.io.IOException;

/// Someone else has locked the directory.
public final class InUseException extends IOException {

    public InUseException(String message) {
        super(message);
    }
}
