package io.coxswain.apiserver.crd;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// What stays when a definition changes: a served version, through all its schemas, for the watches
/// that follow it. It ends when the version is served no more.
final class Lifeline {

    private final Set<Runnable> watches = ConcurrentHashMap.newKeySet();
    private volatile @Nullable StoredForm current;

    /// The version as it is now; null when it is gone.
    @Nullable StoredForm current() {
        return current;
    }

    /// Watches notice at once.
    void become(@Nullable StoredForm form) {
        current = form;
        watches.forEach(Runnable::run);
    }

    void follow(Runnable wakeUp) {
        watches.add(wakeUp);
    }

    void leave(Runnable wakeUp) {
        watches.remove(wakeUp);
    }
}
