package io.coxswain.scheduler;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.core.Binding;
import io.coxswain.api.core.ObjectReference;
import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.PodCondition;
import io.coxswain.api.json.Json;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.meta.DeleteOptions.Preconditions;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.Clock;
import io.coxswain.client.Client;
import io.coxswain.client.Patch;
import io.coxswain.client.runtime.EventRecorder;
import io.coxswain.scheduler.framework.VolumeStep;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What users see of a decision: the binding, the pod's condition, events.
final class Outcomes {

    private static final Logger LOG = LoggerFactory.getLogger(Outcomes.class);
    private static final String SELECTED_NODE = "volume.kubernetes.io/selected-node";
    private static final String POD_SCHEDULED = "PodScheduled";

    private final Client client;
    private final Clock clock;
    private final EventRecorder events;

    Outcomes(Client client, Clock clock, String schedulerName) {
        this.client = client;
        this.clock = clock;
        this.events = new EventRecorder(client, clock, schedulerName, "");
    }

    /// Throws what the API server answers.
    void bind(Pod pod, String node) {
        var metadata =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, pod.name())
                        .set(ObjectMeta::namespace, pod.namespace())
                        .set(ObjectMeta::uid, pod.uid())
                        .done();
        var target = new ObjectReference("Node", "", node, "", "", "", "");
        client.post(
                Pod.class, pod.namespace(), pod.name(), "binding", new Binding(metadata, target));
    }

    void tellScheduled(Pod pod, String node) {
        events.record(
                pod,
                "Normal",
                "Scheduled",
                "Successfully assigned " + pod.namespace() + "/" + pod.name() + " to " + node);
    }

    void tellFailed(Pod pod, String message) {
        events.record(pod, "Warning", "FailedScheduling", message);
    }

    /// Removes a pod that has to make way, after saying so in its status.
    void evict(Pod victim, Pod preemptor, String node) {
        var message =
                preemptor.spec().schedulerName()
                        + ": preempting to accommodate a higher priority pod";
        var fields = new LinkedHashMap<String, Json>();
        fields.put("type", Json.of("DisruptionTarget"));
        fields.put("observedGeneration", Json.of(victim.metadata().generation()));
        fields.put("status", Json.of("True"));
        fields.put("reason", Json.of("PreemptionByScheduler"));
        fields.put("message", Json.of(message));
        fields.put("lastProbeTime", Json.NULL);
        fields.put("lastTransitionTime", Json.of(seconds(clock.now())));
        patchStatus(victim, Map.of("conditions", Json.array(List.of(Json.object(fields)))));
        var options =
                Edit.of(DeleteOptions.class)
                        .set(DeleteOptions::preconditions, new Preconditions(victim.uid(), null))
                        .done();
        try {
            client.delete(Pod.class, victim.namespace(), victim.name(), options);
        } catch (ApiError | UncheckedIOException error) {
            LOG.info("{} was not preempted: {}", victim.name(), error.getMessage());
            return;
        }
        events.record(
                victim,
                "Normal",
                "Preempted",
                "Preempted by pod " + preemptor.uid() + " on node " + node);
    }

    /// Withdraws what was said about a node being freed for the pod.
    void withdrawNomination(Pod pod) {
        patchStatus(pod, Map.of("nominatedNodeName", Json.NULL));
    }

    /// Throws what the API server answers.
    void perform(VolumeStep step) {
        switch (step) {
            case VolumeStep.Provision(var claim, var node) -> {
                var annotations = Json.object(Map.of(SELECTED_NODE, Json.of(node)));
                var metadata = Json.object(Map.of("annotations", annotations));
                client.patch(
                        PersistentVolumeClaim.class,
                        claim.namespace(),
                        claim.name(),
                        Patch.merge(Json.object(Map.of("metadata", metadata))));
            }
            case VolumeStep.Assign(var volume, var claim) -> {
                var reference = RecordWriter.toTree(EventRecorder.reference(claim));
                var spec = Json.object(Map.of("claimRef", reference));
                client.patch(
                        PersistentVolume.class,
                        "",
                        volume.name(),
                        Patch.merge(Json.object(Map.of("spec", spec))));
            }
        }
    }

    /// Says in the pod's status why it has no node yet, if that is not what it says already.
    ///
    /// @param reason `Unschedulable` or `SchedulerError`
    /// @param nominated the node being freed for it; null to leave that as it is
    void mark(Pod pod, String reason, String message, @Nullable String nominated) {
        var before =
                pod.status().conditions().stream()
                        .filter(condition -> condition.type().equals(POD_SCHEDULED))
                        .findFirst()
                        .orElse(null);
        var generation = pod.metadata().generation();
        var said =
                before != null
                        && before.status().equals("False")
                        && before.reason().equals(reason)
                        && before.message().equals(message)
                        && before.observedGeneration() == generation;
        if (said && (nominated == null || nominated.equals(pod.status().nominatedNodeName()))) {
            return;
        }
        var status = new LinkedHashMap<String, Json>();
        status.put(
                "conditions", Json.array(List.of(condition(before, reason, message, generation))));
        if (nominated != null) {
            status.put("nominatedNodeName", Json.of(nominated));
        }
        patchStatus(pod, status);
    }

    private Json condition(
            @Nullable PodCondition before, String reason, String message, long generation) {
        var since =
                before != null && before.status().equals("False")
                        ? Objects.requireNonNullElseGet(before.lastTransitionTime(), clock::now)
                        : clock.now();
        var fields = new LinkedHashMap<String, Json>();
        fields.put("type", Json.of(POD_SCHEDULED));
        fields.put("observedGeneration", Json.of(generation));
        fields.put("status", Json.of("False"));
        fields.put("reason", Json.of(reason));
        fields.put("message", Json.of(message));
        fields.put("lastProbeTime", Json.NULL);
        fields.put("lastTransitionTime", Json.of(seconds(since)));
        return Json.object(fields);
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private void patchStatus(Pod pod, Map<String, Json> status) {
        var metadata = Json.object(Map.of("uid", Json.of(pod.uid())));
        var body = new LinkedHashMap<String, Json>();
        body.put("metadata", metadata);
        body.put("status", Json.object(status));
        try {
            client.patch(
                    Pod.class,
                    pod.namespace(),
                    pod.name(),
                    Patch.strategic(Json.object(body)).on("status"));
        } catch (ApiError | UncheckedIOException error) {
            LOG.debug("the status of {} was not written: {}", pod.name(), error.getMessage());
        }
    }
}
