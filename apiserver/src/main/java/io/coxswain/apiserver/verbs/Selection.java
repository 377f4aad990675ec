package io.coxswain.apiserver.verbs;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.selector.FieldSelectors;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.storage.Entry;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Which objects of a collection a request is about. Asks only the header of a stored object.
record Selection(
        @Nullable LabelSelectors labels,
        @Nullable FieldSelectors fields,
        Map<String, String> aliases) {

    private static final Set<String> ALWAYS = Set.of("metadata.name", "metadata.namespace");

    static Selection of(ResourceCall<?> call) {
        var labels = call.query().first("labelSelector");
        var fields = call.query().first("fieldSelector");
        try {
            return new Selection(
                    labels == null || labels.isEmpty() ? null : LabelSelectors.parse(labels),
                    fields == null || fields.isEmpty() ? null : supported(call, fields),
                    call.kind().strategy().fieldAliases());
        } catch (IllegalArgumentException e) {
            throw Errors.badRequest(String.valueOf(e.getMessage()));
        }
    }

    /// Which fields can be asked about, an empty object of the kind knows.
    private static <T> FieldSelectors supported(ResourceCall<T> call, String text) {
        var parsed = FieldSelectors.parse(text);
        var codec = call.kind().codec();
        var none = codec.fromTree(codec.emptyTree(), new Problems());
        var strategy = call.kind().strategy();
        var known =
                strategy.fieldAliases().isEmpty()
                        ? strategy.fieldsOf(none).keySet()
                        : strategy.fieldAliases().keySet();
        for (var term : parsed.terms()) {
            if (!ALWAYS.contains(term.field()) && !known.contains(term.field())) {
                throw Errors.badRequest(unknown(call, term.field(), known));
            }
        }
        return parsed;
    }

    /// Each of upstream's kinds with fields of its own words it in its own way.
    private static String unknown(ResourceCall<?> call, String field, Set<String> known) {
        var kind = call.kind().kind();
        if (known.isEmpty()) {
            return "\""
                    + field
                    + "\" is not a known field selector: only \"metadata.name\","
                    + " \"metadata.namespace\"";
        }
        return switch (kind.groupResource()) {
            case "jobs.batch" -> "field label \"" + field + "\" not supported for Job";
            case "resourceslices.resource.k8s.io" ->
                    "field label not supported for " + kind + ": " + field;
            default -> "field label not supported: " + field;
        };
    }

    boolean everything() {
        return labels == null && fields == null;
    }

    boolean matches(Entry entry) {
        return (labels == null || labels.matches(entry.header().labels()))
                && (fields == null || fields.matches(fieldsOf(entry)));
    }

    private Map<String, String> fieldsOf(Entry entry) {
        var stored = entry.header().fields();
        var all = new HashMap<>(stored);
        aliases.forEach((alias, name) -> all.put(alias, stored.getOrDefault(name, "")));
        all.put("metadata.name", entry.key().name());
        all.put("metadata.namespace", entry.key().namespace());
        return all;
    }
}
