package io.coxswain.apiserver.verbs;

import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.RequestLimits;
import io.coxswain.apiserver.Verb;
import io.coxswain.apiserver.media.Messages;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.base.Clock;
import io.coxswain.http.Response;
import java.util.List;
import java.util.Map;

/// The verbs that every stored kind answers to, on the object itself and on its status.
public final class Verbs {

    private static final String DEPRECATED = "k8s.io/deprecated";

    private final Registry registry;
    private final Map<Verb, VerbHandler> handlers;

    public Verbs(Registry registry, Clock clock, RequestLimits limits) {
        this.registry = registry;
        var messages = new Messages();
        var representation = new Representation(clock, messages);
        this.handlers =
                Map.of(
                        Verb.GET, new GetHandler(representation),
                        Verb.LIST, new ListHandler(representation),
                        Verb.WATCH,
                                new WatchHandler(
                                        clock,
                                        limits.watchTimeoutMin(),
                                        messages,
                                        new FrameCache()),
                        Verb.CREATE, new CreateHandler(representation),
                        Verb.UPDATE, new UpdateHandler(representation),
                        Verb.PATCH, new PatchHandler(representation),
                        Verb.DELETE, new DeleteHandler(representation),
                        Verb.DELETECOLLECTION, new DeleteCollectionHandler(representation));
    }

    public <T> Response handle(Call call, Served<T> kind) {
        var info = call.info();
        warnOfDeprecation(call, kind);
        var handler = handlers.get(info.verb());
        if (handler == null || !fits(info.verb(), kind, call)) {
            throw Errors.of(
                    405,
                    "MethodNotAllowed",
                    "the server does not allow this method on the requested resource",
                    new StatusDetails("", "", "", "", List.of(), 0));
        }
        deprecated(call, kind.strategy().deprecation());
        var resource = new ResourceCall<>(call, kind, registry.of(kind));
        if (info.verb() != Verb.WATCH) {
            resource.wanted(); // Nothing is done whose answer cannot be shown.
        }
        return handler.handle(resource);
    }

    /// Tells callers that a kind will not be there for ever.
    private static void warnOfDeprecation(Call call, Served<?> kind) {
        if (!kind.kind().group().isEmpty()) {
            return;
        }
        switch (kind.kind().plural()) {
            case "componentstatuses" ->
                    deprecated(call, "v1 ComponentStatus is deprecated in v1.19+");
            case "endpoints" ->
                    deprecated(
                            call,
                            "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1"
                                    + " EndpointSlice");
            default -> {}
        }
    }

    private static void deprecated(Call call, String warning) {
        if (!warning.isEmpty()) {
            call.warn(warning);
            call.annotations().put(DEPRECATED, "true");
        }
    }

    /// Whether the verb makes sense for this path: a namespaced object is not created without a
    /// namespace, a collection is not replaced, an object is not a place to create in.
    private static boolean fits(Verb verb, Served<?> kind, Call call) {
        var info = call.info();
        if (kind.kind().plural().equals("componentstatuses")) {
            if (verb == Verb.WATCH) {
                throw Errors.methodNotAllowed("", kind.kind().plural(), "watch");
            }
            return verb == Verb.GET || verb == Verb.LIST;
        }
        return switch (verb) {
            case CREATE ->
                    info.name().isEmpty()
                            && (!kind.kind().namespaced() || !info.namespace().isEmpty());
            case DELETECOLLECTION ->
                    info.name().isEmpty()
                            && (!kind.kind().namespaced() || !info.namespace().isEmpty())
                            && !kind.kind().groupResource().equals("namespaces");
            case UPDATE, PATCH -> !info.name().isEmpty();
            default -> true;
        };
    }
}
