package io.coxswain.apiserver.crd;

import io.coxswain.api.apiextensions.CustomResourceDefinition.CustomResourceSubresourceScale;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.Statuses;
import io.coxswain.apiserver.Verb;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.subresources.ScaleSubresource;
import io.coxswain.apiserver.subresources.Subresource;
import io.coxswain.http.Response;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The scale of custom kinds that have one, found by the paths of their definition.
public record CustomScale(Registry registry, CustomKinds kinds) implements Subresource {

    @Override
    public Response handle(Call call, Served<?> kind) {
        var definition = kinds.definition(kind.kind().groupResource());
        var version = definition == null ? null : definition.served(kind.kind().version());
        var scale = version == null ? null : version.facts().scale();
        if (version == null || scale == null) {
            return Statuses.noSuchPath();
        }
        var served = version.served();
        var own = registry.of(served);
        if (call.info().verb() == Verb.GET) {
            var info = call.info();
            var entry = own.get(served, info.namespace(), info.name());
            requireReplicas(served.object(entry), scale);
        }
        return new ScaleSubresource<>(own, served, access(scale)).handle(call, served);
    }

    private static void requireReplicas(CustomObject object, CustomResourceSubresourceScale scale) {
        var path = scale.specReplicasPath();
        if (ValuePath.parse(path).first(object.tree()) == null) {
            throw Errors.internal("the spec replicas field \"" + path + "\" does not exist");
        }
    }

    private static ScaleSubresource.Access<CustomObject> access(
            CustomResourceSubresourceScale scale) {
        var wanted = ValuePath.parse(scale.specReplicasPath());
        var present = ValuePath.parse(scale.statusReplicasPath());
        var selectorPath = Objects.requireNonNullElse(scale.labelSelectorPath(), "");
        var selector = ValuePath.parse(selectorPath);
        return new ScaleSubresource.Access<>(
                object -> number(wanted.first(object.tree())),
                object -> Objects.requireNonNullElse(number(present.first(object.tree())), 0),
                object ->
                        !selectorPath.isEmpty()
                                        && selector.first(object.tree())
                                                instanceof Json.Str(var text)
                                ? text
                                : "",
                (object, replicas) ->
                        object.with(wanted.with(object.content(), Json.of(replicas))));
    }

    private static @Nullable Integer number(@Nullable Json value) {
        return value instanceof Json.Int(var count) ? (Integer) (int) count : null;
    }
}
