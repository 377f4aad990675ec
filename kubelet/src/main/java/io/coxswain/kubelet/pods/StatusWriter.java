package io.coxswain.kubelet.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.PodStatus;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.meta.DeleteOptions.Preconditions;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.Client;
import io.coxswain.kubelet.pod.PodFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells the API what became of a pod: writes its status when that has changed, and confirms its
/// deletion. Conditions that belong to others are never overwritten.
public final class StatusWriter {

    private static final Logger LOG = LoggerFactory.getLogger(StatusWriter.class);
    private static final int TRIES_MAX = 5;

    private final Client client;
    private final Map<String, Written> written = new ConcurrentHashMap<>();

    /// What was last written of a pod, and the version that made.
    private record Written(PodStatus status, String version) {}

    public StatusWriter(Client client) {
        this.client = client;
    }

    /// The pod as the API has it: as the informer says or, while that is behind, as it was written.
    public Pod current(Pod pod) {
        var last = written.get(pod.uid());
        if (last == null || reaches(pod.metadata().resourceVersion(), last.version())) {
            return pod;
        }
        var meta = Edit.with(pod.metadata(), ObjectMeta::resourceVersion, last.version());
        return Edit.of(pod)
                .set(Pod::metadata, meta)
                .set(Pod::status, merged(last.status(), pod.status()))
                .done();
    }

    /// Writes the status if `pod`, which is [#current], does not have it yet. False: the pod is no
    /// longer there.
    public boolean write(Pod pod, PodStatus status) {
        return status.equals(pod.status()) || writeChanged(pod, status);
    }

    /// Whether a resource version is at least as new as another.
    private static boolean reaches(String version, String other) {
        return version.length() == other.length()
                ? version.compareTo(other) >= 0
                : version.length() > other.length();
    }

    /// Removes the API object of a pod that has ended: the last step of a graceful deletion.
    public void confirmDeletion(Pod pod) {
        var options =
                new DeleteOptions(
                        "",
                        "",
                        0L,
                        new Preconditions(pod.uid(), null),
                        null,
                        null,
                        List.of(),
                        null);
        try {
            client.delete(Pod.class, pod.namespace(), pod.name(), options);
        } catch (ApiError e) {
            if (!e.notFound() && !e.conflict()) {
                throw e;
            }
            LOG.debug("pod {} was already gone", PodFormat.pod(pod));
        }
    }

    public void forget(String uid) {
        written.remove(uid);
    }

    private boolean writeChanged(Pod pod, PodStatus status) {
        @Nullable Pod latest = pod;
        for (var tries = 0; tries < TRIES_MAX; tries++) {
            if (latest == null || !latest.uid().equals(pod.uid())) {
                return false;
            }
            try {
                var wanted = merged(status, latest.status());
                var now = client.updateStatus(Edit.with(latest, Pod::status, wanted));
                written.put(pod.uid(), new Written(now.status(), now.metadata().resourceVersion()));
                return true;
            } catch (ApiError e) {
                if (e.notFound()) {
                    return false;
                }
                if (!e.conflict()) {
                    throw e;
                }
                latest = client.find(Pod.class, pod.namespace(), pod.name());
            }
        }
        throw new IllegalStateException("status of " + PodFormat.pod(pod) + " keeps changing");
    }

    /// `own` with the conditions that are not the kubelet's taken from `other`. One that both may
    /// set stays as it is here.
    private static PodStatus merged(PodStatus own, PodStatus other) {
        var conditions = new ArrayList<>(own.conditions());
        conditions.removeIf(condition -> !PodConditions.ours(condition.type()));
        other.conditions().stream()
                .filter(condition -> !PodConditions.owned(condition.type()))
                .filter(condition ->
                        PodConditions.find(own, condition.type()) == null
                                || !PodConditions.ours(condition.type()))
                .forEach(conditions::add);
        return Edit.of(own)
                .set(PodStatus::conditions, List.copyOf(conditions))
                .set(PodStatus::nominatedNodeName, other.nominatedNodeName())
                .done();
    }
}
