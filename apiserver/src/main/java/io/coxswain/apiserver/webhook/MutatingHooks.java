package io.coxswain.apiserver.webhook;

import io.coxswain.api.admissionregistration.MutatingWebhookConfiguration;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.json.Json;
import io.coxswain.api.patch.JsonPatch;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.policy.Matching;
import io.coxswain.apiserver.policy.MutatingPolicies;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/// Lets the mutating webhooks of the cluster change what is written, one after the other. When one
/// has, the plugins before it run again, and then once more the hooks that want to see changes made
/// after them.
public final class MutatingHooks implements AdmissionPlugin {

    private final Objects objects;
    private final Hooks hooks;
    private final List<AdmissionPlugin> before;
    private final MutatingPolicies policies;

    /// @param before the plugins that run again after a change
    public MutatingHooks(
            Objects objects,
            Authorizer authorizer,
            List<AdmissionPlugin> before,
            MutatingPolicies policies) {
        this.objects = objects;
        this.hooks = new Hooks(objects, authorizer);
        this.before = before;
        this.policies = policies;
    }

    @Override
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (Matching.never(request)) {
            return object;
        }
        var all = all();
        if (all.isEmpty()) {
            return object;
        }
        var seen = new HashMap<Hook, T>();
        var changed = object;
        for (var hook : all) {
            if (hooks.wants(hook, request, changed)) {
                changed = called(hook, request, changed);
                seen.put(hook, changed);
            }
        }
        if (changed.equals(object)) {
            return object;
        }
        for (var plugin : before) {
            changed = plugin.mutate(request, changed);
        }
        changed = policies.mutateAgain(request, changed);
        for (var hook : all) {
            var left = seen.get(hook);
            if (hook.again() && left != null && !left.equals(changed)) {
                changed =
                        hooks.wants(hook, request, changed)
                                ? called(hook, request, changed)
                                : changed;
            }
        }
        return changed;
    }

    private <T> T called(Hook hook, AdmissionRequest<T> request, T object) {
        var answer = hooks.ask(hook, request, object, true);
        if (answer == null) {
            return object;
        }
        if (!answer.allowed()) {
            throw Hooks.refusal(hook, request, answer.status());
        }
        return answer.patch().length == 0 ? object : patched(hook, request, object, answer.patch());
    }

    private static <T> T patched(
            Hook hook, AdmissionRequest<T> request, T object, byte[] operations) {
        try {
            var patched = JsonPatch.read(operations).apply(request.tree(object));
            if (!(patched instanceof Json.Obj tree)) {
                throw Errors.internal("the patch of " + hook.name() + " leaves no object");
            }
            if (tree.equals(request.tree(object))) {
                return object;
            }
            var served = request.served();
            return served.strategy().withDefaults(served.codec().fromTree(tree, new Problems()));
        } catch (ApiError error) {
            throw Errors.internal(String.valueOf(error.getMessage()));
        }
    }

    private List<Hook> all() {
        var configurations = new ArrayList<>(objects.all(MutatingWebhookConfiguration.class));
        configurations.sort(Comparator.comparing(MutatingWebhookConfiguration::name));
        return configurations.stream()
                .flatMap(configuration -> configuration.webhooks().stream())
                .map(Hook::of)
                .toList();
    }
}
