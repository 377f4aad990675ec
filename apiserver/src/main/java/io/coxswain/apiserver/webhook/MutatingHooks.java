package io.coxswain.apiserver.webhook;

import io.coxswain.api.admissionregistration.MutatingWebhookConfiguration;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.patch.JsonPatch;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.policy.Matching;
import io.coxswain.apiserver.policy.Matching.Seen;
import io.coxswain.apiserver.remote.WebhookClient;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lets the mutating webhooks of the cluster change what is written, one after the other. When one
/// has, the plugins before it run again, and then once more the hooks that want to see changes made
/// after them.
public final class MutatingHooks implements AdmissionPlugin {

    private final HookIndex<MutatingWebhookConfiguration> index;
    private final Hooks hooks;
    private final List<AdmissionPlugin> plugins;

    /// @param plugins those that run again after a change
    public MutatingHooks(
            Objects objects,
            Authorizer authorizer,
            WebhookClient client,
            List<AdmissionPlugin> plugins) {
        this.hooks = new Hooks(objects, authorizer, client);
        this.index =
                new HookIndex<>(
                        objects,
                        MutatingWebhookConfiguration.class,
                        of -> of.webhooks().stream().map(hook -> Hook.of(of, hook)).toList());
        this.plugins = plugins;
    }

    @Override
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (Matching.never(request)) {
            return object;
        }
        var all = index.all();
        if (all.isEmpty()) {
            return object;
        }
        var left = new HashMap<Hook, T>();
        var changed = object;
        for (var i = 0; i < all.size(); i++) {
            var hook = all.get(i);
            var sees = hooks.see(hook, request, changed);
            if (sees != null) {
                changed = called(hook, sees, changed, new Hooks.Turn(true, 0, i));
                left.put(hook, changed);
            }
        }
        return changed.equals(object) ? object : again(all, left, request, changed);
    }

    private <T> T again(
            List<Hook> all, Map<Hook, T> before, AdmissionRequest<T> request, T object) {
        var changed = object;
        for (var plugin : plugins) {
            changed = plugin.mutateAgain(request, changed);
        }
        for (var i = 0; i < all.size(); i++) {
            var hook = all.get(i);
            var left = before.get(hook);
            if (!hook.again() || left == null || left.equals(changed)) {
                continue;
            }
            var sees = hooks.see(hook, request, changed);
            if (sees != null) {
                changed = called(hook, sees, changed, new Hooks.Turn(true, 1, i));
            }
        }
        return changed;
    }

    private <T, S> T called(Hook hook, Seen<T, S> seen, T object, Hooks.Turn turn) {
        var answer = hooks.ask(hook, seen, turn);
        if (answer == null) {
            return object;
        }
        if (!answer.allowed()) {
            throw Hooks.refusal(hook, seen.request(), answer.status());
        }
        var patched =
                answer.patch().length == 0
                        ? seen.object()
                        : patched(hook, seen.request(), seen.object(), answer.patch());
        var mutated = !patched.equals(seen.object());
        annotate(hook, seen.request(), turn, mutated);
        return mutated ? seen.back().apply(patched) : object;
    }

    private static void annotate(
            Hook hook, AdmissionRequest<?> request, Hooks.Turn turn, boolean mutated) {
        var said = new LinkedHashMap<String, Json>();
        said.put("configuration", Json.of(hook.configuration()));
        said.put("webhook", Json.of(hook.name()));
        said.put("mutated", Json.of(mutated));
        request.annotate(
                "mutation.webhook.admission.k8s.io/" + turn.suffix(),
                new String(JsonWriter.write(new Json.Obj(said)), StandardCharsets.UTF_8));
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
}
