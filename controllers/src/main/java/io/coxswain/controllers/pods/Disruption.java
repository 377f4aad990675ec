package io.coxswain.controllers.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.api.json.Json;
import io.coxswain.client.Patch;
import io.coxswain.client.controller.Step;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The condition `DisruptionTarget`: this pod is about to be ended, by whom and why. A Job's
/// failure policy may read it after the pod is gone.
public final class Disruption {

    private Disruption() {}

    public static Step mark(Pod pod, String reason, String message, Instant now) {
        return new Step.PatchObject(
                Pod.class,
                pod.namespace(),
                pod.name(),
                Patch.strategic(status(reason, message, now, Map.of())).on("status"));
    }

    /// Marks a pod that nobody will report on any more, and ends it as Failed.
    public static Step fail(Pod pod, String reason, String message, Instant now) {
        return new Step.PatchObject(
                Pod.class,
                pod.namespace(),
                pod.name(),
                Patch.strategic(status(reason, message, now, Map.of("phase", Json.of("Failed"))))
                        .on("status"));
    }

    private static Json status(String reason, String message, Instant now, Map<String, Json> more) {
        var condition = new LinkedHashMap<String, Json>();
        condition.put("type", Json.of("DisruptionTarget"));
        condition.put("status", Json.of("True"));
        condition.put("reason", Json.of(reason));
        condition.put("message", Json.of(message));
        condition.put(
                "lastTransitionTime", Json.of(now.truncatedTo(ChronoUnit.SECONDS).toString()));
        var status = new LinkedHashMap<>(more);
        status.put("conditions", Json.array(List.of(Json.object(condition))));
        return Json.object(Map.of("status", Json.object(status)));
    }
}
