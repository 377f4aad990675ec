package io.coxswain.scheduler;

import io.coxswain.scheduler.framework.Placement;
import io.coxswain.scheduler.framework.Profile;
import io.coxswain.scheduler.snapshot.PodInfo;
import io.coxswain.scheduler.snapshot.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;

/// The last placements, for the next pods that ask for exactly the same: the pods of one template
/// are worked out for the whole cluster once, and afterwards only for the nodes that changed.
final class Placements {

    private static final int REMEMBERED_MAX = 32;

    private final Profile profile;
    private final Snapshot snapshot;
    private final Map<Object, Placement> bySignature =
            new LinkedHashMap<>(16, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Object, Placement> eldest) {
                    return size() > REMEMBERED_MAX;
                }
            };

    Placements(Profile profile, Snapshot snapshot) {
        this.profile = profile;
        this.snapshot = snapshot;
    }

    /// The placement of such a pod in the cluster as it is now.
    Placement of(PodInfo pod) {
        var signature = pod.signature();
        if (signature == null) {
            return new Placement(profile, pod, snapshot);
        }
        var known = bySignature.get(signature);
        if (known == null) {
            var fresh = new Placement(profile, pod, snapshot);
            bySignature.put(signature, fresh);
            return fresh;
        }
        known.refresh();
        return known;
    }

    /// Something changed that placements do not notice, such as a Service.
    void forget() {
        bySignature.clear();
    }
}
