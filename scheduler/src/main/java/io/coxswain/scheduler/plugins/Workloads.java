package io.coxswain.scheduler.plugins;

import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.apps.StatefulSet;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.ReplicationController;
import io.coxswain.api.core.Service;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.api.selector.Requirement;
import io.coxswain.scheduler.snapshot.ClusterObjects;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/// Which pods belong together with a pod: those its Services and its workload select.
final class Workloads {

    private Workloads() {}

    /// Everything, when the pod belongs to nothing.
    static LabelSelectors selector(Pod pod, ClusterObjects objects) {
        var requirements = new ArrayList<Requirement>();
        var labels = pod.metadata().labels();
        objects.in(Service.class, pod.namespace())
                .filter(service -> !service.spec().selector().isEmpty())
                .map(service -> LabelSelectors.of(service.spec().selector()))
                .filter(selector -> selector.matches(labels))
                .forEach(selector -> requirements.addAll(selector.requirements()));
        var workload = workload(pod, objects);
        if (workload != null) {
            requirements.addAll(workload.requirements());
        }
        return new LabelSelectors(requirements.stream().distinct().toList(), false);
    }

    private static @Nullable LabelSelectors workload(Pod pod, ClusterObjects objects) {
        for (var owner : pod.metadata().ownerReferences()) {
            if (Boolean.TRUE.equals(owner.controller())) {
                return selector(owner.kind(), pod.namespace(), owner.name(), objects);
            }
        }
        return null;
    }

    private static @Nullable LabelSelectors selector(
            String kind, String namespace, String name, ClusterObjects objects) {
        return switch (kind) {
            case "ReplicaSet" -> {
                var set = objects.find(ReplicaSet.class, namespace, name);
                yield set == null ? null : LabelSelectors.of(set.spec().selector());
            }
            case "StatefulSet" -> {
                var set = objects.find(StatefulSet.class, namespace, name);
                yield set == null ? null : LabelSelectors.of(set.spec().selector());
            }
            case "ReplicationController" -> {
                var controller = objects.find(ReplicationController.class, namespace, name);
                yield controller == null ? null : LabelSelectors.of(controller.spec().selector());
            }
            default -> null;
        };
    }
}
