package io.coxswain.apiserver.verbs;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Response;

/// Serves `PUT …/{name}` and `PUT …/{name}/status`: replaces an object, or its status.
record UpdateHandler(Representation representation) implements VerbHandler {

    @Override
    public <T> Response handle(ResourceCall<T> call) {
        var options = call.options();
        var object = Bodies.object(call, options);
        var meta = call.kind().codec().metadata(object);
        Names.checkNamespace(call, meta.namespace());
        checkName(call, meta);
        var named = named(call, object, meta);
        if (creates(call)) {
            return create(call, named, options);
        }
        Registry.Change<T> change =
                stored -> {
                    requireVersion(call, meta);
                    return named;
                };
        var decision =
                call.registry()
                        .update(call.call(), call.kind(), call.key(), call.part(), change, options);
        return representation.one(call, 200, decision.entry());
    }

    private static boolean creates(ResourceCall<?> call) {
        return call.kind().strategy().createsOnUpdate()
                && call.info().subresource().isEmpty()
                && call.registry().find(call.key()) == null;
    }

    private <T> Response create(ResourceCall<T> call, T object, WriteOptions options) {
        var entry =
                call.registry().create(call.call(), call.kind(), call.namespace(), object, options);
        return representation.one(call, 201, entry);
    }

    private static <T> T named(ResourceCall<T> call, T object, ObjectMeta meta) {
        var full =
                Edit.of(meta)
                        .set(ObjectMeta::namespace, call.namespace())
                        .set(ObjectMeta::name, call.name())
                        .done();
        return call.kind().codec().withMetadata(object, full);
    }

    private static void checkName(ResourceCall<?> call, ObjectMeta meta) {
        if (meta.name().isEmpty()) {
            throw Names.undeterminable(call);
        }
        Names.checkName(call, meta.name());
    }

    private static void requireVersion(ResourceCall<?> call, ObjectMeta meta) {
        if (meta.resourceVersion().isEmpty() && !call.kind().strategy().updatesUnconditionally()) {
            var errors = new FieldErrors();
            errors.at("metadata")
                    .at("resourceVersion")
                    .invalid(0, "must be specified for an update");
            var kind = call.kind().kind();
            throw Errors.invalid(kind.group(), kind.plural(), call.name(), errors.all());
        }
    }
}
