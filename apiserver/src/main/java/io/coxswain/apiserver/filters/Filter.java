package io.coxswain.apiserver.filters;

import io.coxswain.apiserver.Call;
import io.coxswain.http.Response;
import java.util.ArrayDeque;

/// Sees every call: answers it, or changes it and hands it on.
@FunctionalInterface
public interface Filter {

    Response apply(Call call, Next next);

    /// The rest of the chain.
    @FunctionalInterface
    interface Next {
        Response handle(Call call);
    }

    /// One function out of filters in execution order, ending with `last`.
    static Next chain(Iterable<? extends Filter> filters, Next last) {
        var reversed = new ArrayDeque<Filter>();
        filters.forEach(reversed::push);
        var next = last;
        for (var filter : reversed) {
            var rest = next;
            next = call -> filter.apply(call, rest);
        }
        return next;
    }
}
