package io.coxswain.cli.resource;

import io.coxswain.base.flags.Flag;
import io.coxswain.http.Query;

/// Which objects of a type.
public record SelectFlags(
        @Flag(value = "If present, the requested object(s) across all namespaces.", letter = "A")
                boolean allNamespaces,
        @Flag("Selector (field query) to filter on, supports '=', '==', and '!='.")
                String fieldSelector,
        @Flag(
                        value =
                                "Selector (label query) to filter on, supports '=', '==', '!=',"
                                        + " 'in', 'notin'.",
                        letter = "l")
                String selector) {

    public static final SelectFlags NONE = new SelectFlags(false, "", "");

    public Query query() {
        var query = Query.EMPTY;
        if (!selector.isEmpty()) {
            query = query.with("labelSelector", selector);
        }
        return fieldSelector.isEmpty() ? query : query.with("fieldSelector", fieldSelector);
    }

    public boolean selects() {
        return !selector.isEmpty() || !fieldSelector.isEmpty();
    }

    public SelectFlags labelled(String labels) {
        return new SelectFlags(allNamespaces, fieldSelector, labels);
    }
}
