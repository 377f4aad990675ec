package io.coxswain.apiserver.webhook;

import io.coxswain.api.admissionregistration.ValidatingWebhookConfiguration;
import io.coxswain.api.schema.ApiError;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.policy.Matching;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Asks all validating webhooks of the cluster at once; the first refusal, in the order of their
/// names, is the answer.
public final class ValidatingHooks implements AdmissionPlugin {

    private final Objects objects;
    private final Hooks hooks;

    public ValidatingHooks(Objects objects, Authorizer authorizer) {
        this.objects = objects;
        this.hooks = new Hooks(objects, authorizer);
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (Matching.never(request)) {
            return;
        }
        var wanted = all().stream().filter(hook -> hooks.wants(hook, request, object)).toList();
        switch (wanted.size()) {
            case 0 -> {}
            case 1 -> call(wanted.getFirst(), request, object);
            default -> callAll(wanted, request, object);
        }
    }

    private <T> void callAll(List<Hook> wanted, AdmissionRequest<T> request, T object) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<?>>();
            for (var hook : wanted) {
                answers.add(threads.submit(() -> call(hook, request, object)));
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

    private <T> void call(Hook hook, AdmissionRequest<T> request, T object) throws ApiError {
        var answer = hooks.ask(hook, request, object, false);
        if (answer != null && !answer.allowed()) {
            throw Hooks.refusal(hook, request, answer.status());
        }
    }

    private List<Hook> all() {
        var configurations = new ArrayList<>(objects.all(ValidatingWebhookConfiguration.class));
        configurations.sort(Comparator.comparing(ValidatingWebhookConfiguration::name));
        return configurations.stream()
                .flatMap(configuration -> configuration.webhooks().stream())
                .map(Hook::of)
                .toList();
    }
}
