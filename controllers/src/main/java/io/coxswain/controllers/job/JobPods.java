package io.coxswain.controllers.job;

import io.coxswain.api.batch.Job;
import io.coxswain.api.core.Container;
import io.coxswain.api.core.Container.EnvVar;
import io.coxswain.api.core.Container.EnvVarSource;
import io.coxswain.api.core.Container.ObjectFieldSelector;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.controllers.pods.Templates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The pods a Job starts.
final class JobPods {

    private static final String INDEX_VARIABLE = "JOB_COMPLETION_INDEX";

    private JobPods() {}

    static boolean indexed(Job job) {
        return "Indexed".equals(job.spec().completionMode());
    }

    static Pod create(Job job) {
        var pod = Templates.pod(job.spec().template(), job);
        var metadata =
                Edit.of(pod.metadata())
                        .change(ObjectMeta::finalizers, known -> plus(known, Tally.FINALIZER))
                        .done();
        return new Pod(metadata, pod.spec(), pod.status());
    }

    /// A pod that knows which part of the work it is to do.
    static Pod create(Job job, int index) {
        var pod = create(job);
        var number = Integer.toString(index);
        var metadata =
                Edit.of(pod.metadata())
                        .set(ObjectMeta::generateName, job.name() + "-" + index + "-")
                        .change(
                                ObjectMeta::labels,
                                known -> Templates.with(known, Map.of(Indexes.ANNOTATION, number)))
                        .change(
                                ObjectMeta::annotations,
                                known -> Templates.with(known, Map.of(Indexes.ANNOTATION, number)))
                        .done();
        var spec =
                Edit.of(pod.spec())
                        .set(PodSpec::hostname, job.name() + "-" + index)
                        .change(PodSpec::containers, JobPods::withIndex)
                        .change(PodSpec::initContainers, JobPods::withIndex)
                        .done();
        return new Pod(metadata, spec, pod.status());
    }

    private static List<Container> withIndex(List<Container> containers) {
        return containers.stream()
                .map(container ->
                        container.env().stream()
                                        .anyMatch(
                                                variable -> variable.name().equals(INDEX_VARIABLE))
                                ? container
                                : Edit.with(
                                        container,
                                        Container::env,
                                        plus(container.env(), indexVariable())))
                .toList();
    }

    private static EnvVar indexVariable() {
        var field = new ObjectFieldSelector("", "metadata.labels['" + Indexes.ANNOTATION + "']");
        return new EnvVar(
                INDEX_VARIABLE,
                "",
                Edit.of(EnvVarSource.class).set(EnvVarSource::fieldRef, field).done());
    }

    private static <V> List<V> plus(List<V> known, V more) {
        var all = new ArrayList<>(known);
        all.add(more);
        return List.copyOf(all);
    }
}
