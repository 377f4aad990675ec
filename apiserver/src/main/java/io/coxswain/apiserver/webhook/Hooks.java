package io.coxswain.apiserver.webhook;

import io.coxswain.api.json.Json;
import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.cel.Budget;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.policy.MatchConditions;
import io.coxswain.apiserver.policy.Matching;
import io.coxswain.apiserver.policy.Matching.Seen;
import io.coxswain.apiserver.policy.RequestBindings;
import io.coxswain.apiserver.remote.CallFailed;
import io.coxswain.apiserver.remote.WebhookClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks webhooks about a write: whether they want to see it, what they say, and what becomes of one
/// that cannot be asked.
final class Hooks {

    private static final Logger LOG = LoggerFactory.getLogger(Hooks.class);

    private final Objects objects;
    private final Authorizer authorizer;
    private final Matching matching;
    private final WebhookClient client;

    Hooks(Objects objects, Authorizer authorizer, WebhookClient client) {
        this.objects = objects;
        this.authorizer = authorizer;
        this.matching = new Matching(objects);
        this.client = client;
    }

    /// What a hook sees of a write; null when it does not want to.
    <T> @Nullable Seen<T, ?> see(Hook hook, AdmissionRequest<T> request, T object) {
        var rules = hook.rules();
        var seen = matching.see(rules.rules(), rules.policy(), request, object);
        return seen == null
                        || !matching.inNamespaces(rules.namespaces(), request, object)
                        || !matching.selected(rules.objects(), request, object)
                        || !conditionsHold(hook, seen)
                ? null
                : seen;
    }

    private <S> boolean conditionsHold(Hook hook, Seen<?, S> seen) {
        if (hook.rules().conditions().isEmpty()) {
            return true;
        }
        var bindings = new RequestBindings<>(seen.request(), seen.object(), objects, authorizer);
        try {
            return MatchConditions.of(hook.rules().conditions())
                    .hold(bindings, new Budget(Budget.PER_OBJECT));
        } catch (CelFailure failure) {
            if (hook.ignoresFailure()) {
                return false;
            }
            throw seen.request().forbidden(failure.text());
        }
    }

    /// Where in the order of calls a hook is asked, as audit annotations name it.
    ///
    /// @param round 0, or 1 when hooks are asked again
    record Turn(boolean mutating, int round, int index) {

        String suffix() {
            return "round_" + round + "_index_" + index;
        }

        String failedOpen() {
            var sort = mutating ? "mutation" : "validating";
            return "failed-open." + sort + ".webhook.admission.k8s.io/" + suffix();
        }
    }

    /// Asks a hook; null when it could not be asked and that does not matter.
    <S> @Nullable HookAnswer ask(Hook hook, Seen<?, S> seen, Turn turn) {
        var request = seen.request();
        if (request.dryRun() && !hook.harmless()) {
            throw Errors.badRequest(
                    "admission webhook \"" + hook.name() + "\" does not support dry run");
        }
        var version = hook.versions().contains("v1") ? "v1" : "v1beta1";
        var uid = UUID.randomUUID().toString();
        Json.Obj answer;
        try {
            answer =
                    client.ask(
                            hook.target(),
                            review(request, seen.object(), version, uid),
                            hook.patience());
        } catch (CallFailed failure) {
            return failed(hook, request, turn, "failed to call webhook: " + failure.text());
        }
        try {
            var checked = HookAnswer.of(answer, uid, version, turn.mutating());
            checked.warnings().forEach(request::warn);
            checked.annotations()
                    .forEach((key, value) -> request.annotate(hook.name() + "/" + key, value));
            return checked;
        } catch (CallFailed failure) {
            return failed(
                    hook, request, turn, "received invalid webhook response: " + failure.text());
        }
    }

    private static @Nullable HookAnswer failed(
            Hook hook, AdmissionRequest<?> request, Turn turn, String why) {
        var text = "failed calling webhook \"" + hook.name() + "\": " + why;
        if (hook.ignoresFailure()) {
            LOG.warn("{}; failing open", text);
            request.annotate(turn.failedOpen(), hook.name());
            return null;
        }
        throw Errors.internal(text);
    }

    private static <T> Json.Obj review(
            AdmissionRequest<T> request, T object, String version, String uid) {
        var inner = new LinkedHashMap<String, Json>();
        inner.put("uid", Json.of(uid));
        inner.putAll(RequestBindings.tree(request).fields());
        var old = request.old();
        var deletes = request.operation() == Operation.DELETE;
        inner.put("object", deletes ? Json.NULL : request.tree(object));
        inner.put("oldObject", old == null ? Json.NULL : request.tree(old));
        var review = new LinkedHashMap<String, Json>();
        review.put("kind", Json.of("AdmissionReview"));
        review.put("apiVersion", Json.of("admission.k8s.io/" + version));
        review.put("request", new Json.Obj(inner));
        return new Json.Obj(review);
    }

    /// The refusal a hook asked for.
    static ApiError refusal(Hook hook, AdmissionRequest<?> request, Json.Obj status) {
        var message = status.text("message");
        var reason = status.text("reason");
        var start = "admission webhook \"" + hook.name() + "\" denied the request";
        var text =
                !message.isEmpty()
                        ? start + ": " + message
                        : !reason.isEmpty()
                                ? start + ": " + reason
                                : start + " without explanation";
        var code = status.get("code") instanceof Json.Int(var given) ? (int) given : 0;
        var named = reason.isEmpty() && code == 0 ? "Forbidden" : reason;
        return Errors.of(
                code < 400 || code > 599 ? 403 : code,
                named,
                text,
                new StatusDetails("", "", "", "", List.of(), 0));
    }
}
