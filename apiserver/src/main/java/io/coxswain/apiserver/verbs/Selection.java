package io.coxswain.apiserver.verbs;

import io.coxswain.api.schema.Errors;
import io.coxswain.api.selector.FieldSelectors;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.storage.Entry;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which objects of a collection a request is about. Asks only the header of a stored object.
record Selection(@Nullable LabelSelectors labels, @Nullable FieldSelectors fields) {

    static Selection of(ResourceCall<?> call) {
        var labels = call.query().first("labelSelector");
        var fields = call.query().first("fieldSelector");
        try {
            return new Selection(
                    labels == null || labels.isEmpty() ? null : LabelSelectors.parse(labels),
                    fields == null || fields.isEmpty() ? null : FieldSelectors.parse(fields));
        } catch (IllegalArgumentException e) {
            throw Errors.badRequest(String.valueOf(e.getMessage()));
        }
    }

    boolean everything() {
        return labels == null && fields == null;
    }

    boolean matches(Entry entry) {
        return (labels == null || labels.matches(entry.header().labels()))
                && (fields == null || fields.matches(fieldsOf(entry)));
    }

    private static Map<String, String> fieldsOf(Entry entry) {
        var all = new HashMap<>(entry.header().fields());
        all.put("metadata.name", entry.key().name());
        all.put("metadata.namespace", entry.key().namespace());
        return all;
    }
}
