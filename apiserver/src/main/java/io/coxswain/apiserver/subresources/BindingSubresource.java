package io.coxswain.apiserver.subresources;

import io.coxswain.api.core.Binding;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Pod.PodCondition;
import io.coxswain.api.core.Pod.PodStatus;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.Statuses;
import io.coxswain.apiserver.Verb;
import io.coxswain.apiserver.admission.PartAdmission;
import io.coxswain.apiserver.admission.PodTopologyLabels;
import io.coxswain.apiserver.media.Answers;
import io.coxswain.apiserver.media.Received;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.Times;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Response;
import java.util.ArrayList;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// `POST pods/{name}/binding`: gives a pod its node, once. A write without the update path, because
/// a pod's node is what no update may change.
record BindingSubresource(Registry registry, Catalog catalog) implements Subresource {

    @Override
    public Response handle(Call call, Served<?> kind) {
        return handle(call);
    }

    /// Also answers `POST bindings`, where the binding itself names the pod.
    Response handle(Call call) {
        if (call.info().verb() != Verb.CREATE) {
            throw Statuses.methodNotAllowed();
        }
        var binding = Received.record(call, Binding.class);
        var target = binding.target();
        if (!target.kind().isEmpty() && !target.kind().equals("Node")) {
            throw unnamed(
                    "target.kind: Unsupported value: \""
                            + target.kind()
                            + "\": supported values: \"\", \"Node\"");
        }
        if (target.name().isEmpty()) {
            throw unnamed("target.name: Required value");
        }
        var asked = call.info().name();
        var named = binding.metadata().name();
        if (!asked.isEmpty() && !named.isEmpty() && !asked.equals(named)) {
            throw Errors.badRequest("name in URL does not match name in Binding object");
        }
        var name = asked.isEmpty() ? named : asked;
        var pods = catalog.of(Pod.class);
        bind(
                call,
                PartAdmission.of(registry, Binding.class).admit(call, pods, name, null, binding),
                name);
        return Answers.success(call, 201);
    }

    /// Upstream gives these errors no reason.
    private static ApiError unnamed(String message) {
        return Errors.of(500, "", message, null);
    }

    private void bind(Call call, Binding binding, String name) {
        var node = binding.target().name();
        var pods = catalog.of(Pod.class);
        while (true) {
            var current = registry.get(pods, call.info().namespace(), name);
            var pod = pods.object(current);
            check(pod, binding);
            var bound = PodTopologyLabels.with(bound(pod, binding, node), node(node));
            if (registry.write(pods, current, bound, WriteOptions.of(call)) != null) {
                return;
            }
        }
    }

    private @Nullable Node node(String name) {
        var nodes = catalog.of(Node.class);
        var entry = registry.find(nodes.key("", name));
        return entry == null ? null : nodes.object(entry);
    }

    private static void check(Pod pod, Binding binding) {
        var uid = binding.metadata().uid();
        if (!uid.isEmpty() && !uid.equals(pod.uid())) {
            throw Errors.conflict(
                    "",
                    "pods",
                    pod.name(),
                    "Precondition failed: UID in precondition: "
                            + uid
                            + ", UID in object meta: "
                            + pod.uid());
        }
        if (pod.deleting()) {
            throw Errors.conflict(
                    "",
                    "pods/binding",
                    pod.name(),
                    "pod " + pod.name() + " is being deleted, cannot be assigned to a host");
        }
        if (!pod.spec().nodeName().isEmpty()) {
            throw Errors.conflict(
                    "",
                    "pods/binding",
                    pod.name(),
                    "pod "
                            + pod.name()
                            + " is already assigned to node \""
                            + pod.spec().nodeName()
                            + "\"");
        }
    }

    private Pod bound(Pod pod, Binding binding, String node) {
        var annotations = new HashMap<>(pod.metadata().annotations());
        annotations.putAll(binding.metadata().annotations());
        var conditions =
                new ArrayList<>(
                        pod.status().conditions().stream()
                                .filter(condition -> !condition.type().equals("PodScheduled"))
                                .toList());
        conditions.add(
                Edit.of(PodCondition.class)
                        .set(PodCondition::type, "PodScheduled")
                        .set(PodCondition::status, "True")
                        .set(
                                PodCondition::lastTransitionTime,
                                Times.seconds(registry.clock().now()))
                        .done());
        var meta =
                Edit.of(pod.metadata())
                        .set(ObjectMeta::resourceVersion, "")
                        .set(ObjectMeta::annotations, annotations)
                        .done();
        return Edit.of(pod)
                .set(Pod::metadata, meta)
                .set(Pod::spec, Edit.with(pod.spec(), PodSpec::nodeName, node))
                .set(Pod::status, Edit.with(pod.status(), PodStatus::conditions, conditions))
                .done();
    }
}
