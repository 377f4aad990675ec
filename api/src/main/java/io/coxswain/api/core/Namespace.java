package io.coxswain.api.core;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.validation.MetadataRules;
import io.coxswain.api.validation.Names;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "namespaces", shortNames = "ns", scope = Scope.CLUSTER)
public record Namespace(ObjectMeta metadata, NamespaceSpec spec, NamespaceStatus status)
        implements Resource {

    public record NamespaceSpec(List<String> finalizers) {}

    public record NamespaceStatus(
            @OneOf({"Active", "Terminating"}) String phase,
            @ListMap("type") List<NamespaceCondition> conditions) {}

    public record NamespaceCondition(
            @Required String type,
            @Required String status,
            @Nullable @Always Instant lastTransitionTime,
            String reason,
            String message) {}

    public static final Strategy<Namespace> STRATEGY =
            Strategy.<Namespace>standard()
                    .withoutGeneration()
                    .names(Names.LABEL_NAME)
                    .subresources("status")
                    .part("finalize", Namespace::finalized, Namespace::checkFinalizers)
                    .resets("finalize", "status")
                    .defaults(Namespace::labelled)
                    .beforeCreate(Namespace::fresh)
                    .beforeUpdate((old, updated) -> Edit.with(updated, Namespace::spec, old.spec()))
                    .validate(Namespace::check)
                    .validateStatusUpdate(Namespace::checkStatus)
                    .fields(namespace -> Map.of("status.phase", namespace.status().phase()));

    private static final String NAME_LABEL = "kubernetes.io/metadata.name";

    /// A label always carries the name, so that selectors can ask for it.
    private static Namespace labelled(Namespace namespace) {
        var labels = namespace.metadata().labels();
        var name = namespace.name();
        if (name.isEmpty() || name.equals(labels.get(NAME_LABEL))) {
            return namespace;
        }
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.put(NAME_LABEL, name);
        return Edit.with(
                namespace,
                Namespace::metadata,
                Edit.with(namespace.metadata(), ObjectMeta::labels, all));
    }

    private static Namespace finalized(Namespace old, Namespace updated) {
        return new Namespace(updated.metadata(), updated.spec(), old.status());
    }

    private static void check(Namespace namespace, FieldErrors errors) {
        var at = errors.at("spec").at("finalizers");
        for (var finalizer : namespace.spec().finalizers()) {
            at.invalid(finalizer, Names.qualified(finalizer));
            if (!finalizer.contains("/") && !finalizer.equals("kubernetes")) {
                at.invalid(
                        finalizer,
                        "name is neither a standard finalizer name nor is it fully qualified");
            }
        }
    }

    private static void checkFinalizers(Namespace old, Namespace updated, FieldErrors errors) {
        var at = errors.at("spec").at("finalizers");
        var finalizers = updated.spec().finalizers();
        for (var i = 0; i < finalizers.size(); i++) {
            at.at(i).invalid(finalizers.get(i), Names.qualified(finalizers.get(i)));
        }
        MetadataRules.standardFinalizers(
                finalizers.stream().map(one -> one.equals("kubernetes") ? "orphan" : one).toList(),
                at);
    }

    /// A new namespace is in use, and its contents must go before it does.
    private static Namespace fresh(Namespace namespace) {
        var finalizers = new ArrayList<>(namespace.spec().finalizers());
        if (!finalizers.contains("kubernetes")) {
            finalizers.add("kubernetes");
        }
        return new Namespace(
                namespace.metadata(),
                new NamespaceSpec(finalizers),
                new NamespaceStatus("Active", List.of()));
    }

    private static void checkStatus(Namespace old, Namespace updated, FieldErrors errors) {
        var phase = updated.status().phase();
        if (!updated.deleting() && !phase.equals("Active")) {
            // The path's capital letter is upstream's.
            errors.at("status")
                    .at("Phase")
                    .invalid(phase, "may only be 'Active' if `deletionTimestamp` is empty");
        }
        if (updated.deleting() && !phase.equals("Terminating")) {
            errors.at("status")
                    .at("Phase")
                    .invalid(
                            phase, "may only be 'Terminating' if `deletionTimestamp` is not empty");
        }
    }
}
