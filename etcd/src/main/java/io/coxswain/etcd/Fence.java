package io.coxswain.etcd;

import com.google.protobuf.ByteString;
import java.time.Duration;

/// Makes sure that a creation whose answer was lost has happened, or never will.
///
/// A change of an object names the version it replaces, and no version comes twice, so sending it
/// again is harmless. A creation only asks that there be no object: sent again it would succeed a
/// second time when somebody has deleted the object in between. So every creation also asks that
/// one key of etcd is unchanged, and who is in doubt changes that key first:
///
/// ```
/// create a (fence at 7)   …no answer                    perhaps still on its way
/// raise the fence         at 9                          from here on it cannot happen any more
/// read up to 9            a is there, and it is ours: done; it is not: create a (fence at 9)
/// ```
/// All servers share the key. Those that were in the middle of a creation are refused, and try
/// again at once with what the refusal says.
final class Fence {

    private final Calls calls;
    private final Places places;
    private volatile long revision;

    Fence(Calls calls, Places places, Duration patience) {
        this.calls = calls;
        this.places = places;
        var known = calls.get(places.fence(), patience);
        this.revision = known == null ? 0 : known.getModRevision();
    }

    /// The revision of etcd at which creations expect the key; 0 when it has never been changed.
    long revision() {
        return revision;
    }

    /// Learns what etcd says.
    void moved(long to) {
        revision = to;
    }

    /// Refuses all creations that are on their way. Returns the revision of etcd from which on none
    /// of them can happen.
    long raise(Duration patience) {
        var raised = calls.put(places.fence(), ByteString.EMPTY, patience);
        moved(raised);
        return raised;
    }
}
