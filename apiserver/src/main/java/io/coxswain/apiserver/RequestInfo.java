package io.coxswain.apiserver;

import io.coxswain.http.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// A request's path and method, understood: which verb on which resource.
///
/// `GET /apis/apps/v1/namespaces/prod/deployments/web/scale` is verb GET, group `apps`, version
/// `v1`, namespace `prod`, resource `deployments`, name `web`, subresource `scale`.
///
/// @param resourceRequest false for paths such as `/healthz`; then only verb and path mean anything
/// @param rest what follows the subresource, for proxies: `/a/b`
public record RequestInfo(
        boolean resourceRequest,
        Verb verb,
        String group,
        String version,
        String namespace,
        String resource,
        String name,
        String subresource,
        String rest,
        String path) {

    /// Subresources under `namespaces/{name}` that belong to the Namespace itself.
    private static final Set<String> NAMESPACE_SUBRESOURCES = Set.of("status", "finalize");

    private static final Set<String> LONG_RUNNING =
            Set.of("attach", "exec", "proxy", "log", "portforward");

    public static RequestInfo of(Request request) {
        var path = request.path();
        var parts = split(path);
        if (parts.size() >= 3 && parts.getFirst().equals("api")) {
            return resource(request, "", parts.get(1), parts.subList(2, parts.size()));
        }
        if (parts.size() >= 4 && parts.getFirst().equals("apis")) {
            return resource(request, parts.get(1), parts.get(2), parts.subList(3, parts.size()));
        }
        return new RequestInfo(
                false, methodVerb(request.method()), "", "", "", "", "", "", "", path);
    }

    /// `deployments.apps`, as stores and error messages name a resource.
    public String groupResource() {
        return group.isEmpty() ? resource : resource + "." + group;
    }

    /// Whether the answer goes on for long by its nature, so that no patience ends it.
    public boolean longRunning() {
        return verb == Verb.WATCH
                || verb == Verb.PROXY
                || LONG_RUNNING.contains(subresource)
                || (!resourceRequest && path.startsWith("/debug/pprof/"));
    }

    private static RequestInfo resource(
            Request request, String group, String version, List<String> parts) {
        var rest = new ArrayList<>(parts);
        var oldWatch = rest.getFirst().equals("watch") && rest.size() > 1;
        if (oldWatch) {
            rest.removeFirst(); // The deprecated form /api/v1/watch/pods.
        }
        var namespace = "";
        if (rest.getFirst().equals("namespaces") && rest.size() > 1) {
            namespace = rest.get(1);
            if (rest.size() > 2 && !NAMESPACE_SUBRESOURCES.contains(rest.get(2))) {
                rest.subList(0, 2).clear();
            }
        }
        var resource = rest.getFirst();
        var name = rest.size() > 1 ? rest.get(1) : "";
        var subresource = rest.size() > 2 ? rest.get(2) : "";
        var tail = rest.size() > 3 ? "/" + String.join("/", rest.subList(3, rest.size())) : "";
        return new RequestInfo(
                true,
                verb(request, name, oldWatch),
                group,
                version,
                namespace,
                resource,
                name,
                subresource,
                tail,
                request.path());
    }

    private static Verb verb(Request request, String name, boolean oldWatch) {
        var query = request.query();
        return switch (request.method()) {
            case "GET" -> {
                if (oldWatch || (query.first("watch") != null && query.flag("watch"))) {
                    yield Verb.WATCH;
                }
                yield name.isEmpty() ? Verb.LIST : Verb.GET;
            }
            case "POST" -> Verb.CREATE;
            case "PUT" -> Verb.UPDATE;
            case "PATCH" -> Verb.PATCH;
            case "DELETE" -> name.isEmpty() ? Verb.DELETECOLLECTION : Verb.DELETE;
            case "HEAD" -> Verb.HEAD;
            default -> Verb.OPTIONS; // No resource has anything to do with other methods.
        };
    }

    private static Verb methodVerb(String method) {
        return switch (method) {
            case "POST" -> Verb.POST;
            case "PUT" -> Verb.PUT;
            case "PATCH" -> Verb.PATCH;
            case "DELETE" -> Verb.DELETE;
            case "HEAD" -> Verb.HEAD;
            case "OPTIONS" -> Verb.OPTIONS;
            default -> Verb.GET;
        };
    }

    private static List<String> split(String path) {
        var parts = new ArrayList<String>();
        for (var part : path.split("/", -1)) {
            if (!part.isEmpty()) {
                parts.add(part);
            }
        }
        return parts;
    }
}
