package io.coxswain.scheduler.snapshot;

import org.jspecify.annotations.Nullable;

/// The last changes of a snapshot, so that what was computed from it can catch up.
public final class ChangeLog {

    private static final int REMEMBERED = 1 << 14;

    private final Change[] ring = new Change[REMEMBERED];
    private long version;

    /// One change of one node.
    ///
    /// @param pod the pod that came or went; null when the node itself changed
    /// @param sign 1 came, -1 went, 0 the node itself
    public record Change(int slot, @Nullable PodInfo pod, int sign) {}

    /// How many changes there were so far.
    public long version() {
        return version;
    }

    /// Whether every change since `since` is still remembered.
    public boolean reaches(long since) {
        return version - since <= REMEMBERED;
    }

    /// The change that led from `version` to `version + 1`.
    public Change get(long version) {
        return ring[(int) (version & (REMEMBERED - 1))];
    }

    void add(int slot, @Nullable PodInfo pod, int sign) {
        ring[(int) (version++ & (REMEMBERED - 1))] = new Change(slot, pod, sign);
    }
}
