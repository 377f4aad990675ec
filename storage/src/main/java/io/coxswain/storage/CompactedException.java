package io.coxswain.storage;

/// History before [#compactedRevision] is gone: the reader has to list again.
public final class CompactedException extends StoreException {

    private final long compactedRevision;

    public CompactedException(long asked, long compactedRevision) {
        super("revision " + asked + " was compacted, history starts at " + compactedRevision);
        this.compactedRevision = compactedRevision;
    }

    public long compactedRevision() {
        return compactedRevision;
    }
}
