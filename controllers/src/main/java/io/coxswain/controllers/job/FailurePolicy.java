package io.coxswain.controllers.job;

import io.coxswain.api.batch.Job;
import io.coxswain.api.batch.JobSpec.PodFailurePolicyOnExitCodesRequirement;
import io.coxswain.api.batch.JobSpec.PodFailurePolicyRule;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.ContainerStatus;
import io.coxswain.controllers.pods.Pods;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a Job's pod failure policy says about a failed pod: the first rule that matches counts.
final class FailurePolicy {

    private final List<PodFailurePolicyRule> rules;

    FailurePolicy(Job job) {
        var policy = job.spec().podFailurePolicy();
        this.rules = policy == null ? List.of() : policy.rules();
    }

    /// `FailJob`, `Ignore`, `FailIndex` or `Count`.
    String action(Pod pod) {
        for (var rule : rules) {
            if (matches(rule, pod)) {
                return rule.action();
            }
        }
        return "Count";
    }

    /// Why the pod fails the whole Job; null when it does not.
    @Nullable String failsJob(Pod pod) {
        for (var i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            if (matches(rule, pod)) {
                return rule.action().equals("FailJob") ? message(rule, pod, i) : null;
            }
        }
        return null;
    }

    private static boolean matches(PodFailurePolicyRule rule, Pod pod) {
        var codes = rule.onExitCodes();
        if (codes != null) {
            return matching(codes, pod).findAny().isPresent();
        }
        return rule.onPodConditions().stream()
                .anyMatch(pattern -> {
                    var condition = Pods.condition(pod, pattern.type());
                    var wanted = pattern.status().isEmpty() ? "True" : pattern.status();
                    return condition != null && condition.status().equals(wanted);
                });
    }

    private static Stream<ContainerStatus> matching(
            PodFailurePolicyOnExitCodesRequirement wanted, Pod pod) {
        return Stream.concat(
                        pod.status().containerStatuses().stream(),
                        pod.status().initContainerStatuses().stream())
                .filter(status ->
                        wanted.containerName() == null
                                || wanted.containerName().equals(status.name()))
                .filter(status -> {
                    var ended = status.state().terminated();
                    return ended != null
                            && ended.exitCode() != 0
                            && wanted.values().contains(ended.exitCode())
                                    == wanted.operator().equals("In");
                });
    }

    private static String message(PodFailurePolicyRule rule, Pod pod, int index) {
        var who = pod.namespace() + "/" + pod.name();
        var codes = rule.onExitCodes();
        if (codes == null) {
            return "Pod " + who + " has condition matching FailJob rule at index " + index;
        }
        return matching(codes, pod)
                .findFirst()
                .map(status -> {
                    var ended = status.state().terminated();
                    return "Container "
                            + status.name()
                            + " for pod "
                            + who
                            + " failed with exit code "
                            + (ended == null ? 0 : ended.exitCode())
                            + " matching FailJob rule at index "
                            + index;
                })
                .orElse("");
    }
}
