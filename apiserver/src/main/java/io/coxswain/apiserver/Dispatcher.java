package io.coxswain.apiserver;

import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.aggregation.Aggregator;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.apiserver.subresources.Subresource;
import io.coxswain.apiserver.verbs.Verbs;
import io.coxswain.http.Response;
import java.util.List;
import java.util.Map;

/// Sends a call that may proceed to the code that answers it: a path of its own, a subresource, a
/// review, or a verb on a stored kind.
final class Dispatcher implements Filter.Next {

    private final Catalog catalog;
    private final Verbs verbs;
    private final Aggregator aggregator;
    private final List<Map.Entry<String, Filter.Next>> paths;
    private final Map<String, Subresource> subresources;
    private final Map<String, Filter.Next> reviews;

    /// @param paths by exact path, or by the longest prefix that ends with `/`
    /// @param subresources by `pods/exec`, group-qualified as in `deployments.apps/scale`;
    ///     `*/scale` for every other kind that offers it
    /// @param aggregator has other servers answer for their groups
    /// @param reviews what is created but never stored, by `group/version/plural`
    Dispatcher(
            Catalog catalog,
            Verbs verbs,
            Map<String, Filter.Next> paths,
            Map<String, Subresource> subresources,
            Map<String, Filter.Next> reviews,
            Aggregator aggregator) {
        this.catalog = catalog;
        this.aggregator = aggregator;
        this.verbs = verbs;
        this.paths =
                paths.entrySet().stream()
                        .sorted((a, b) -> b.getKey().length() - a.getKey().length())
                        .toList();
        this.subresources = subresources;
        this.reviews = reviews;
    }

    @Override
    public Response handle(Call call) {
        var info = call.info();
        var elsewhere = aggregator.behind(info.path());
        if (elsewhere != null) {
            return aggregator.proxy(call, elsewhere);
        }
        if (!info.resourceRequest()) {
            return path(call);
        }
        var review = reviews.get(info.group() + "/" + info.version() + "/" + info.resource());
        if (review != null) {
            if (info.verb() != Verb.CREATE) {
                throw Statuses.methodNotAllowed();
            }
            return review.handle(call);
        }
        var kind = catalog.find(info.group(), info.version(), info.resource());
        if (kind == null || misplaced(kind, info)) {
            return Statuses.noSuchPath();
        }
        return info.subresource().isEmpty() ? verbs.handle(call, kind) : sub(call, kind);
    }

    private Response sub(Call call, Served<?> kind) {
        var info = call.info();
        var own = subresources.get(info.groupResource() + "/" + info.subresource());
        if (own != null) {
            return own.handle(call, kind);
        }
        var offered = kind.strategy().subresources().contains(info.subresource());
        var general = offered ? subresources.get("*/" + info.subresource()) : null;
        if (general != null) {
            return general.handle(call, kind);
        }
        var plainPart =
                switch (info.verb()) {
                    case UPDATE -> true;
                    case GET, PATCH -> !info.subresource().equals("finalize");
                    default -> false;
                };
        if (kind.strategy().isPart(info.subresource())) {
            if (!plainPart) {
                throw Statuses.methodNotAllowed();
            }
            return verbs.handle(call, kind);
        }
        if (kind.kind().type() == null) {
            throw Errors.notFound(kind.kind().group(), kind.kind().plural(), info.name());
        }
        return Statuses.noSuchPath();
    }

    private Response path(Call call) {
        var path = call.info().path();
        for (var candidate : paths) {
            var key = candidate.getKey();
            if (key.equals(path)
                    || (key + "/").equals(path)
                    || (key.endsWith("/") && key.length() > 1 && path.startsWith(key))) {
                return candidate.getValue().handle(call);
            }
        }
        return Statuses.noSuchPath();
    }

    /// Objects of the whole cluster have no place below a namespace.
    private static boolean misplaced(Served<?> kind, RequestInfo info) {
        return !kind.kind().namespaced()
                && !info.namespace().isEmpty()
                && !info.resource().equals("namespaces");
    }
}
