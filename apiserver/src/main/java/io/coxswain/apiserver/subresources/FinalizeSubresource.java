package io.coxswain.apiserver.subresources;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Namespace.NamespaceSpec;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.media.Answers;
import io.coxswain.apiserver.media.Received;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.WriteOptions;
import io.coxswain.http.Response;
import io.coxswain.storage.Entry;
import org.jspecify.annotations.Nullable;

/// `PUT namespaces/{name}/finalize`: the namespace controller's way to say that a namespace is
/// empty.
record FinalizeSubresource(Registry registry, Catalog catalog) implements Subresource {

    @Override
    public Response handle(Call call, Served<?> kind) {
        var wanted = Received.record(call, Namespace.class);
        if (!wanted.name().equals(call.info().name())) {
            throw Errors.badRequest(
                    "the name of the object ("
                            + wanted.name()
                            + ") does not match the name on the URL ("
                            + call.info().name()
                            + ")");
        }
        var namespaces = catalog.of(Namespace.class);
        while (true) {
            var current = registry.get(namespaces, "", call.info().name());
            var done = write(call, namespaces, current, wanted);
            if (done != null) {
                return Answers.of(call, 200, namespaces.object(done));
            }
        }
    }

    private @Nullable Entry write(
            Call call, Served<Namespace> kind, Entry current, Namespace wanted) {
        var stored = kind.object(current);
        var spec = Edit.with(stored.spec(), NamespaceSpec::finalizers, wanted.spec().finalizers());
        var next =
                Edit.of(stored)
                        .set(Namespace::spec, spec)
                        .set(
                                Namespace::metadata,
                                Edit.with(stored.metadata(), ObjectMeta::resourceVersion, ""))
                        .done();
        var options = WriteOptions.of(call);
        var empty =
                stored.deleting()
                        && spec.finalizers().isEmpty()
                        && stored.metadata().finalizers().isEmpty();
        return empty
                ? registry.remove(kind, current, next, options)
                : registry.write(kind, current, next, options);
    }
}
