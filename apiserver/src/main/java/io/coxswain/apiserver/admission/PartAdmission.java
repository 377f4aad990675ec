package io.coxswain.apiserver.admission;

import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.admission.AdmissionRequest.Target;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.registry.Unstored;
import io.coxswain.apiserver.registry.WriteOptions;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Lets in what is sent to a part of an object and is of a kind of its own: a Scale, a Binding, an
/// Eviction, a TokenRequest. Plugins see it instead of a change of the object.
public record PartAdmission<T extends Resource>(Registry registry, Served<T> kind) {

    public static <T extends Resource> PartAdmission<T> of(Registry registry, Class<T> kind) {
        return new PartAdmission<>(registry, Unstored.served(kind));
    }

    /// What plugins make of what is sent.
    ///
    /// @param old what stands there now; null for what is only sent
    public T admit(Call call, Served<?> resource, String name, @Nullable T old, T sent) {
        return admit(call, resource, name, old, sent, UnaryOperator.identity());
    }

    /// @param complete fills in what was not said, before it is validated
    public T admit(
            Call call,
            Served<?> resource,
            String name,
            @Nullable T old,
            T sent,
            UnaryOperator<T> complete) {
        var info = call.info();
        var key = resource.key(info.namespace(), name);
        var request =
                new AdmissionRequest<>(
                        old == null ? Operation.CREATE : Operation.UPDATE,
                        new Target<>(resource.kind(), info.subresource(), key, kind),
                        old,
                        call,
                        WriteOptions.of(call),
                        registry);
        var admitted = sent;
        for (var plugin : registry.admission()) {
            admitted = plugin.mutate(request, admitted);
        }
        admitted = complete.apply(admitted);
        for (var plugin : registry.admission()) {
            plugin.validate(request, admitted);
        }
        return admitted;
    }
}
