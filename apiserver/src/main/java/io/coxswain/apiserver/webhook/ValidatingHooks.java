package io.coxswain.apiserver.webhook;

import io.coxswain.api.admissionregistration.ValidatingWebhookConfiguration;
import io.coxswain.api.schema.ApiError;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.policy.Matching;
import io.coxswain.apiserver.policy.Matching.Seen;
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
        var wanted = new ArrayList<Question<?>>();
        for (var hook : index.all()) {
            var seen = hooks.see(hook, request, object);
            if (seen != null) {
                wanted.add(new Question<>(hook, seen, wanted.size()));
            }
        }
        switch (wanted.size()) {
            case 0 -> {}
            case 1 -> call(wanted.getFirst());
            default -> callAll(wanted);
        }
    }

    /// What one hook is asked about, in which turn.
    private record Question<S>(Hook hook, Seen<?, S> seen, int turn) {}

    private void callAll(List<Question<?>> wanted) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<?>>();
            for (var question : wanted) {
                answers.add(threads.submit(() -> call(question)));
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

    private <S> void call(Question<S> about) throws ApiError {
        var turn = new Hooks.Turn(false, 0, about.turn);
        var answer = hooks.ask(about.hook, about.seen, turn);
        if (answer != null && !answer.allowed()) {
            throw Hooks.refusal(about.hook, about.seen.request(), answer.status());
        }
    }
}
