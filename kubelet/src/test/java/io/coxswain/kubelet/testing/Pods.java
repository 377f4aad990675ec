package io.coxswain.kubelet.testing;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/// Pods for tests: `pod("web").container("app", "sleep", "3600").build()`.
public final class Pods {

    public static final String IMAGE = "localhost/busybox:1";

    private final String name;
    private String policy = "Always";
    private long graceSeconds = 30;
    private UnaryOperator<PodSpec> spec = UnaryOperator.identity();
    private Map<String, String> labels = Map.of();
    private final List<Container> init = new ArrayList<>();
    private final List<Container> regular = new ArrayList<>();

    private Pods(String name) {
        this.name = name;
    }

    public static Pods pod(String name) {
        return new Pods(name);
    }

    /// A container as the API server would have defaulted it.
    public static Container container(String name, String... command) {
        return Edit.of(Container.class)
                .set(Container::name, name)
                .set(Container::image, IMAGE)
                .set(Container::imagePullPolicy, "IfNotPresent")
                .set(Container::command, List.of(command))
                .set(Container::terminationMessagePath, "/dev/termination-log")
                .set(Container::terminationMessagePolicy, "File")
                .done();
    }

    public Pods policy(String restartPolicy) {
        policy = restartPolicy;
        return this;
    }

    public Pods grace(long seconds) {
        graceSeconds = seconds;
        return this;
    }

    public Pods labels(Map<String, String> all) {
        labels = all;
        return this;
    }

    public Pods container(Container container) {
        regular.add(container);
        return this;
    }

    public Pods init(Container container) {
        init.add(container);
        return this;
    }

    public Pods sidecar(Container container) {
        return init(Edit.with(container, Container::restartPolicy, "Always"));
    }

    public Pods spec(UnaryOperator<PodSpec> change) {
        spec = change;
        return this;
    }

    public Pod build() {
        var meta =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, name)
                        .set(ObjectMeta::namespace, "default")
                        .set(ObjectMeta::uid, "uid-" + name)
                        .set(ObjectMeta::generation, 1L)
                        .set(ObjectMeta::labels, labels)
                        .done();
        var made =
                Edit.of(PodSpec.class)
                        .set(PodSpec::nodeName, "node-1")
                        .set(PodSpec::restartPolicy, policy)
                        .set(PodSpec::dnsPolicy, "ClusterFirst")
                        .set(PodSpec::serviceAccountName, "default")
                        .set(PodSpec::terminationGracePeriodSeconds, graceSeconds)
                        .set(PodSpec::initContainers, List.copyOf(init))
                        .set(PodSpec::containers, List.copyOf(regular))
                        .done();
        var status = Edit.of(Pod.PodStatus.class).set(Pod.PodStatus::phase, "Pending").done();
        return new Pod(meta, spec.apply(made), status);
    }
}
