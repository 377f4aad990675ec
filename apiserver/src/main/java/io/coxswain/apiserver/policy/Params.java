package io.coxswain.apiserver.policy;

import io.coxswain.api.admissionregistration.ParamKind;
import io.coxswain.api.admissionregistration.ParamRef;
import io.coxswain.api.json.Json;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.Values;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.storage.Entry;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The parameters a binding gives to its policy.
record Params(Objects objects) {

    private static final String FAILED = "failed to configure binding: ";

    /// One value per parameter object; null as the only item for a policy without parameters; empty
    /// when there is nothing to evaluate for. A [CelFailure] when the binding cannot be used.
    List<Object> of(@Nullable ParamKind kind, @Nullable ParamRef ref, AdmissionRequest<?> request) {
        if (kind == null || ref == null) {
            return List.of(Json.NULL);
        }
        var served = served(kind);
        if (served == null) {
            throw new CelFailure(
                    FAILED
                            + "failed to find resource referenced by paramKind: '"
                            + kind.apiVersion()
                            + ", Kind="
                            + kind.kind()
                            + "'");
        }
        var found = find(served, ref, namespace(served, ref, request));
        if (found.isEmpty() && !"Allow".equals(ref.parameterNotFoundAction())) {
            throw new CelFailure(
                    FAILED
                            + "no params found for policy binding with `Deny`"
                            + " parameterNotFoundAction");
        }
        return found;
    }

    private @Nullable Served<?> served(ParamKind wanted) {
        for (var served : objects.catalog().all()) {
            var kind = served.kind();
            if (kind.apiVersion().equals(wanted.apiVersion())
                    && kind.kind().equals(wanted.kind())) {
                return served;
            }
        }
        return null;
    }

    private static String namespace(Served<?> served, ParamRef ref, AdmissionRequest<?> request) {
        if (!served.kind().namespaced()) {
            if (!ref.namespace().isEmpty()) {
                throw new CelFailure(
                        FAILED
                                + "paramRef.namespace must not be provided for a cluster-scoped"
                                + " `paramKind`");
            }
            return "";
        }
        if (!ref.namespace().isEmpty()) {
            return ref.namespace();
        }
        if (request.namespace().isEmpty()) {
            throw new CelFailure(
                    FAILED
                            + "cannot use namespaced paramRef in policy binding that matches"
                            + " cluster-scoped resources");
        }
        return request.namespace();
    }

    private <P> List<Object> find(Served<P> served, ParamRef ref, String namespace) {
        var snapshot = objects.store().snapshot();
        var found = new ArrayList<Object>();
        if (!ref.name().isEmpty()) {
            var entry = snapshot.get(served.key(namespace, ref.name()));
            if (entry != null) {
                found.add(value(served, entry));
            }
            return found;
        }
        var selector = LabelSelectors.of(ref.selector());
        snapshot.list(served.kind().groupResource(), namespace, null)
                .forEachRemaining(entry -> {
                    if (selector.matches(entry.header().labels())) {
                        found.add(value(served, entry));
                    }
                });
        return found;
    }

    private static <P> Object value(Served<P> served, Entry entry) {
        return Values.of(served.codec().toTree(served.object(entry)));
    }
}
