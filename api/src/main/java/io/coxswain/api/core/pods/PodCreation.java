package io.coxswain.api.core.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.PodCondition;
import io.coxswain.api.core.Pod.PodStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.RecordType;
import java.util.List;

/// The state in which every pod begins.
public final class PodCreation {

    private PodCreation() {}

    public static Pod prepare(Pod pod) {
        var status =
                Edit.of(PodStatus.class)
                        .set(PodStatus::phase, "Pending")
                        .set(PodStatus::qosClass, PodResources.qosClass(pod));
        if (!pod.spec().schedulingGates().isEmpty()) {
            status.set(PodStatus::conditions, List.of(gated()));
        }
        return Edit.of(pod)
                .set(Pod::spec, PodLabelKeys.merge(pod))
                .set(Pod::status, status.done())
                .done();
    }

    private static PodCondition gated() {
        return Edit.of(RecordType.of(PodCondition.class).empty())
                .set(PodCondition::type, "PodScheduled")
                .set(PodCondition::status, "False")
                .set(PodCondition::reason, "SchedulingGated")
                .set(
                        PodCondition::message,
                        "Scheduling is blocked due to non-empty scheduling gates")
                .done();
    }
}
