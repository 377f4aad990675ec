package io.coxswain.client.runtime;

import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Resource;
import io.coxswain.client.Client;
import io.coxswain.client.Informer;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.Step.Announced;
import io.coxswain.client.controller.Step.Create;
import io.coxswain.client.controller.Step.Delete;
import io.coxswain.client.controller.Step.DeleteNow;
import io.coxswain.client.controller.Step.PatchObject;
import io.coxswain.client.controller.Step.Record;
import io.coxswain.client.controller.Step.Update;
import io.coxswain.client.controller.Step.UpdateStatus;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Carries out single steps for one controller.
final class Performer {

    private static final Fence NONE = () -> true;

    private final Client client;
    private final EventRecorder events;
    private final Function<Class<? extends Resource>, @Nullable Informer<?>> informers;

    /// What a step led to.
    ///
    /// @param name the name of the object, which the server may have made up
    private record Outcome(boolean written, Fence fence, String name) {
        static Outcome nothing(Resource object) {
            return new Outcome(false, NONE, object.name());
        }
    }

    /// @param informers the informers of the kinds that the controller reads; null for other kinds
    Performer(
            Client client,
            EventRecorder events,
            Function<Class<? extends Resource>, @Nullable Informer<?>> informers) {
        this.client = client;
        this.events = events;
        this.informers = informers;
    }

    /// Performs a step and hands over what its author has to wait for.
    void perform(Step step, Consumer<Fence> fences) {
        fences.accept(perform(step).fence());
    }

    private Outcome perform(Step step) {
        return switch (step) {
            case Create(var object, var tolerateExisting) -> create(object, tolerateExisting);
            case Update(var object) -> written(client.update(object));
            case UpdateStatus(var object) -> updateStatus(object);
            case PatchObject(var type, var namespace, var name, var patch) ->
                    written(client.patch(type, namespace, name, patch));
            case Delete(var object, var propagation) -> delete(object, propagation, null);
            case DeleteNow(var object) -> delete(object, null, 0L);
            case Record(var regarding, var type, var reason, var message) -> {
                events.record(regarding, type, reason, message);
                yield Outcome.nothing(regarding);
            }
            case Announced announced -> announce(announced);
        };
    }

    private Outcome announce(Announced announced) {
        try {
            var outcome = perform(announced.step());
            if (outcome.written()) {
                events.record(
                        announced.regarding(),
                        "Normal",
                        "Successful" + announced.what(),
                        announced.done().replace("%s", outcome.name()));
            }
            return outcome;
        } catch (ApiError error) {
            events.record(
                    announced.regarding(),
                    "Warning",
                    "Failed" + announced.what(),
                    announced.failed().replace("%s", String.valueOf(error.getMessage())));
            throw error;
        }
    }

    private Outcome create(Resource object, boolean tolerateExisting) {
        try {
            return written(client.create(object));
        } catch (ApiError error) {
            if ((tolerateExisting && error.alreadyExists()) || namespaceTerminating(error)) {
                return Outcome.nothing(object);
            }
            throw error;
        }
    }

    private Outcome updateStatus(Resource object) {
        var informer = informers.apply(object.getClass());
        if (informer != null && object.equals(informer.find(object.namespace(), object.name()))) {
            return Outcome.nothing(object);
        }
        return written(client.updateStatus(object));
    }

    private Outcome delete(
            Resource object, @Nullable String propagation, @Nullable Long graceSeconds) {
        var options =
                Edit.of(DeleteOptions.class)
                        .set(
                                DeleteOptions::preconditions,
                                new DeleteOptions.Preconditions(object.uid(), null))
                        .set(DeleteOptions::propagationPolicy, propagation)
                        .set(DeleteOptions::gracePeriodSeconds, graceSeconds)
                        .done();
        try {
            client.delete(object.getClass(), object.namespace(), object.name(), options);
        } catch (ApiError error) {
            // Another object may have taken the name: that too is gone.
            if (!error.notFound() && !error.conflict()) {
                throw error;
            }
            return Outcome.nothing(object);
        }
        var informer = informers.apply(object.getClass());
        return new Outcome(
                true, informer == null ? NONE : Fence.deleted(informer, object), object.name());
    }

    private Outcome written(Resource answer) {
        var informer = informers.apply(answer.getClass());
        return new Outcome(
                true, informer == null ? NONE : Fence.written(informer, answer), answer.name());
    }

    /// Nothing can be created any more and everything will be deleted: no reason to try again.
    private static boolean namespaceTerminating(ApiError error) {
        var details = error.status().details();
        return details != null
                && details.causes().stream()
                        .anyMatch(cause -> cause.reason().equals("NamespaceTerminating"));
    }
}
