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
    private final List<AdmissionPlugin> before;

    /// @param before the plugins that run again after a change
    public MutatingHooks(
            Objects objects,
            Authorizer authorizer,
            WebhookClient client,
            List<AdmissionPlugin> before) {
        this.hooks = new Hooks(objects, authorizer, client);
        this.index =
                new HookIndex<>(
                        objects,
                        MutatingWebhookConfiguration.class,
                        of -> of.webhooks().stream().map(hook -> Hook.of(of, hook)).toList());
        this.before = before;
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
        var seen = new HashMap<Hook, T>();
        var changed = object;
        for (var i = 0; i < all.size(); i++) {
            var hook = all.get(i);
            if (hooks.wants(hook, request, changed)) {
                changed = called(hook, request, changed, new Hooks.Turn(true, 0, i));
                seen.put(hook, changed);
            }
        }
        return changed.equals(object) ? object : again(all, seen, request, changed);
    }

    private <T> T again(List<Hook> all, Map<Hook, T> seen, AdmissionRequest<T> request, T object) {
        var changed = object;
        for (var plugin : before) {
            changed = plugin.mutateAgain(request, changed);
        }
        for (var i = 0; i < all.size(); i++) {
            var hook = all.get(i);
            var left = seen.get(hook);
            if (hook.again()
                    && left != null
                    && !left.equals(changed)
                    && hooks.wants(hook, request, changed)) {
                changed = called(hook, request, changed, new Hooks.Turn(true, 1, i));
            }
        }
        return changed;
    }

    private <T> T called(Hook hook, AdmissionRequest<T> request, T object, Hooks.Turn turn) {
        var answer = hooks.ask(hook, request, object, turn);
        if (answer == null) {
            return object;
        }
        if (!answer.allowed()) {
            throw Hooks.refusal(hook, request, answer.status());
        }
        var changed =
                answer.patch().length == 0
                        ? object
                        : patched(hook, request, object, answer.patch());
        annotate(hook, request, turn, !changed.equals(object));
        return changed;
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
