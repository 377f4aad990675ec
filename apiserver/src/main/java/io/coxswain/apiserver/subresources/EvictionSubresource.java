package io.coxswain.apiserver.subresources;

import io.coxswain.api.core.Pod;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.meta.Status.StatusCause;
import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.policy.Eviction;
import io.coxswain.api.policy.PodDisruptionBudget;
import io.coxswain.api.policy.PodDisruptionBudget.PodDisruptionBudgetStatus;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.admission.PartAdmission;
import io.coxswain.apiserver.media.Answers;
import io.coxswain.apiserver.media.Received;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Part;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.Times;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.apiserver.verbs.Deletes;
import io.coxswain.http.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// `POST pods/{name}/eviction`: deletes a pod unless a disruption budget says that now is no time.
record EvictionSubresource(Registry registry, Catalog catalog) implements Subresource {

    @Override
    public Response handle(Call call, Served<?> kind) {
        var sent = Received.record(call, Eviction.class);
        var pods = catalog.of(Pod.class);
        var info = call.info();
        if (!info.name().equals(sent.metadata().name())) {
            throw Errors.badRequest("name in URL does not match name in Eviction object");
        }
        var pod = pods.object(registry.get(pods, info.namespace(), info.name()));
        var eviction =
                PartAdmission.of(registry, Eviction.class)
                        .admit(call, pods, info.name(), null, sent);
        if (!finished(pod)) {
            spend(call, pod);
        }
        var given = eviction.deleteOptions();
        var options = given == null ? Edit.of(DeleteOptions.class).done() : given;
        Deletes.deleteAdmitted(
                pods, registry, pods.key(info.namespace(), info.name()), options, write(call));
        return Answers.success(call, 201);
    }

    private static WriteOptions write(Call call) {
        return WriteOptions.of(call);
    }

    private List<PodDisruptionBudget> budgets(Pod pod) {
        return catalog.all(registry.store().snapshot(), PodDisruptionBudget.class).stream()
                .filter(budget -> budget.namespace().equals(pod.namespace()))
                .filter(budget -> selects(budget, pod))
                .toList();
    }

    private static boolean selects(PodDisruptionBudget budget, Pod pod) {
        var selector = budget.spec().selector();
        return selector != null && LabelSelectors.of(selector).matches(pod.metadata().labels());
    }

    /// Takes one disruption from the pod's budget, in the store, so that it is spent once.
    private void spend(Call call, Pod pod) {
        var found = budgets(pod);
        if (found.size() > 1) {
            throw Errors.of(
                    500,
                    "",
                    "This pod has more than one PodDisruptionBudget, which the eviction subresource"
                            + " does not support.",
                    null);
        }
        var options = write(call);
        for (var budget : found) {
            var kind = catalog.of(PodDisruptionBudget.class);
            registry.update(
                    call,
                    kind,
                    kind.key(budget.namespace(), budget.name()),
                    new Part("status"),
                    stored -> spent(stored, pod.name()),
                    options);
        }
    }

    private PodDisruptionBudget spent(PodDisruptionBudget budget, String pod) {
        var left = budget.status().disruptionsAllowed();
        if (left <= 0) {
            throw exhausted(budget);
        }
        var disrupted = new HashMap<>(budget.status().disruptedPods());
        disrupted.put(pod, Times.seconds(registry.clock().now()));
        var status =
                Edit.of(budget.status())
                        .set(PodDisruptionBudgetStatus::disruptionsAllowed, left - 1)
                        .set(PodDisruptionBudgetStatus::disruptedPods, Map.copyOf(disrupted))
                        .done();
        return Edit.with(budget, PodDisruptionBudget::status, status);
    }

    private static ApiError exhausted(PodDisruptionBudget budget) {
        var cause =
                new StatusCause(
                        "DisruptionBudget",
                        "The disruption budget "
                                + budget.name()
                                + " needs "
                                + budget.status().desiredHealthy()
                                + " healthy pods and has "
                                + budget.status().currentHealthy()
                                + " currently",
                        "");
        return Errors.of(
                429,
                "TooManyRequests",
                "Cannot evict pod as it would violate the pod's disruption budget.",
                new StatusDetails("", "", "", "", List.of(cause), 0));
    }

    private static boolean finished(Pod pod) {
        return pod.status().phase().equals("Succeeded") || pod.status().phase().equals("Failed");
    }
}
