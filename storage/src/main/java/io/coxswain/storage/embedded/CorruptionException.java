package io.coxswain.storage.embedded;

import io.coxswain.storage.StoreException;

/// A file of the store is damaged where nothing can be left out without losing acknowledged writes.
public final class CorruptionException extends StoreException {

    private final String file;
    private final long offset;

    public CorruptionException(String file, long offset, String what) {
        super(file + " is damaged at offset " + offset + ": " + what);
        this.file = file;
        this.offset = offset;
    }

    public String file() {
        return file;
    }

    public long offset() {
        return offset;
    }
}
