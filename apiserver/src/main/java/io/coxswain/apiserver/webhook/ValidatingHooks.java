package io.coxswain.apiserver.webhook;

import io.coxswain.api.admissionregistration.ValidatingWebhookConfiguration;
import io.coxswain.api.schema.ApiError;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.policy.Matching;
import io.coxswain.apiserver.remote.WebhookClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Asks all validating webhooks of the cluster at once; the first refusal, in the order of their
/// names, is the answer.
public final class ValidatingHooks implements AdmissionPlugin {

    private final HookIndex<ValidatingWebhookConfiguration> index;
    private final Hooks hooks;

    public ValidatingHooks(Objects objects, Authorizer authorizer, WebhookClient client) {
        this.hooks = new Hooks(objects, authorizer, client);
        this.index =
                new HookIndex<>(
                        objects,
                        ValidatingWebhookConfiguration.class,
                        of -> of.webhooks().stream().map(hook -> Hook.of(of, hook)).toList());
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (Matching.never(request)) {
            return;
        }
        var wanted =
                index.all().stream().filter(hook -> hooks.wants(hook, request, object)).toList();
        switch (wanted.size()) {
            case 0 -> {}
            case 1 -> call(wanted.getFirst(), 0, request, object);
            default -> callAll(wanted, request, object);
        }
    }

    private <T> void callAll(List<Hook> wanted, AdmissionRequest<T> request, T object) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<?>>();
            for (var i = 0; i < wanted.size(); i++) {
                var at = i;
                answers.add(threads.submit(() -> call(wanted.get(at), at, request, object)));
            }
            for (var answer : answers) {
                answer.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException refusal) {
                throw refusal;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking webhooks", e);
        }
    }

    private <T> void call(Hook hook, int turn, AdmissionRequest<T> request, T object)
            throws ApiError {
        var answer = hooks.ask(hook, request, object, new Hooks.Turn(false, 0, turn));
        if (answer != null && !answer.allowed()) {
            throw Hooks.refusal(hook, request, answer.status());
        }
    }
}
