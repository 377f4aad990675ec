package io.coxswain.client;

import io.coxswain.api.json.Json;
import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.schema.ResourceList;
import io.coxswain.http.Exchange;
import io.coxswain.http.Payload;
import io.coxswain.http.Query;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A client over any transport. Bodies are JSON; where the transport stays in the process, the
/// objects themselves are handed over and nothing is encoded or decoded.
public final class ApiClient implements Client {

    private final Transport transport;
    private final String userAgent;

    /// @param userAgent also the default field manager: the part before the first slash
    public ApiClient(Transport transport, String userAgent) {
        this.transport = transport;
        this.userAgent = userAgent;
    }

    @Override
    public <T extends Resource> T get(Class<T> type, String namespace, String name) {
        var path = ResourceKind.of(type).path(namespace, name);
        return Bodies.object(answer(Request.get(path)), type);
    }

    @Override
    public <T extends Resource> @Nullable T find(Class<T> type, String namespace, String name) {
        var exchange = open(Request.get(ResourceKind.of(type).path(namespace, name)));
        var response = exchange.full();
        if (response.status() == 404) {
            var error = Bodies.error(404, response.body());
            if (error.notFound() && error.status().details() != null) {
                return null;
            }
            throw error;
        }
        return Bodies.object(checked(response), type);
    }

    @Override
    public <T extends Resource> ResourceList<T> list(Class<T> type, ListQuery query) {
        var path = ResourceKind.of(type).path(query.namespace());
        var parameters = parameters(query);
        var page = page(type, path, parameters);
        if (page.next().isEmpty()) {
            return page;
        }
        var items = new ArrayList<>(page.items());
        while (!page.next().isEmpty()) {
            page = page(type, path, nextPage(query, page.next()));
            items.addAll(page.items());
        }
        return new ResourceList<>(page.resourceVersion(), "", List.copyOf(items));
    }

    @Override
    public <T extends Resource> T create(T object) {
        var path = ResourceKind.of(object.getClass()).path(object.namespace());
        return sendObject(Request.of("POST", path), object);
    }

    @Override
    public <T extends Resource> T update(T object) {
        var path = ResourceKind.of(object.getClass()).path(object.namespace(), object.name());
        return sendObject(Request.of("PUT", path), object);
    }

    @Override
    public <T extends Resource> T updateStatus(T object) {
        var path = ResourceKind.of(object.getClass()).path(object.namespace(), object.name());
        return sendObject(Request.of("PUT", path + "/status"), object);
    }

    @Override
    public <T extends Resource> T patch(Class<T> type, String namespace, String name, Patch patch) {
        var path = ResourceKind.of(type).path(namespace, name);
        var target = patch.subresource().isEmpty() ? path : path + "/" + patch.subresource();
        var query = Query.EMPTY;
        if (!patch.fieldManager().isEmpty()) {
            query = query.with("fieldManager", patch.fieldManager());
        }
        if (patch.force()) {
            query = query.with("force", "true");
        }
        var request =
                Request.of("PATCH", target)
                        .withQuery(query)
                        .withBody(patch.type().contentType(), Bodies.of(patch.body()));
        return Bodies.object(answer(request), type);
    }

    @Override
    public <T extends Resource> void delete(
            Class<T> type, String namespace, String name, DeleteOptions options) {
        var request = Request.of("DELETE", ResourceKind.of(type).path(namespace, name));
        answer(request.withBody(Bodies.JSON, Bodies.of(options)));
    }

    @Override
    public <T extends Resource> WatchStream<T> watch(Class<T> type, ListQuery query) {
        return watch(ResourceKind.of(type), query, frame -> Bodies.event(frame, type));
    }

    @Override
    public WatchStream<Json.Obj> watchAny(ResourceKind<?> kind, ListQuery query) {
        return watch(kind, query, Bodies::event);
    }

    @Override
    public <T extends Resource> void post(
            Class<T> type, String namespace, String name, String subresource, Resource body) {
        var path = ResourceKind.of(type).path(namespace, name) + "/" + subresource;
        answer(Request.of("POST", path).withBody(Bodies.JSON, Bodies.of(body)));
    }

    @Override
    public Response send(Request request) {
        return transport.send(signed(request));
    }

    @Override
    public Json.Obj json(Request request) {
        return Bodies.tree(answer(request));
    }

    private <T> WatchStream<T> watch(
            ResourceKind<?> kind,
            ListQuery query,
            Function<Payload, WatchStream.WatchEvent<T>> decode) {
        var parameters = parameters(query).with("watch", "1").with("allowWatchBookmarks", "true");
        var request = Request.get(kind.path(query.namespace())).withQuery(parameters);
        var exchange = open(request);
        if (exchange.status() != 200) {
            throw Bodies.error(exchange.status(), exchange.full().body());
        }
        return new FramedWatch<>(exchange.body(), decode);
    }

    @SuppressWarnings("unchecked")
    private <T extends Resource> T sendObject(Request request, T object) {
        var sent = request.withBody(Bodies.JSON, Bodies.of(object));
        return Bodies.object(answer(sent), (Class<T>) object.getClass());
    }

    private <T extends Resource> ResourceList<T> page(Class<T> type, String path, Query query) {
        return Bodies.list(answer(Request.get(path).withQuery(query)), type);
    }

    private static Query parameters(ListQuery query) {
        var parameters = selectors(query);
        if (!query.resourceVersion().isEmpty()) {
            parameters = parameters.with("resourceVersion", query.resourceVersion());
        }
        return query.limit() > 0
                ? parameters.with("limit", Integer.toString(query.limit()))
                : parameters;
    }

    /// A `continue` token already holds the revision.
    private static Query nextPage(ListQuery query, String token) {
        return selectors(query)
                .with("limit", Integer.toString(query.limit()))
                .with("continue", token);
    }

    private static Query selectors(ListQuery query) {
        var parameters = Query.EMPTY;
        if (!query.labelSelector().isEmpty()) {
            parameters = parameters.with("labelSelector", query.labelSelector());
        }
        return query.fieldSelector().isEmpty()
                ? parameters
                : parameters.with("fieldSelector", query.fieldSelector());
    }

    /// The body of a successful answer.
    private Payload answer(Request request) {
        return checked(open(request).full());
    }

    private static Payload checked(Response.Full response) {
        if (response.status() / 100 != 2) {
            throw Bodies.error(response.status(), response.body());
        }
        return response.body();
    }

    /// Throws [UncheckedIOException] when there is no answer.
    private Exchange open(Request request) {
        return transport.open(signed(request));
    }

    private Request signed(Request request) {
        var accepting =
                request.header("accept") == null
                        ? request.withHeader("accept", Bodies.JSON)
                        : request;
        return accepting.header("user-agent") == null
                ? accepting.withHeader("user-agent", userAgent)
                : accepting;
    }
}
