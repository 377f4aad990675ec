package io.coxswain.apiserver.subresources;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.admission.ConnectOptions;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.Headers;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import io.coxswain.http.Transport;
import io.coxswain.http.Upgrade;
import io.coxswain.http.stream.Pipes;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// `…/proxy/PATH` of pods, services and nodes: passes the request on to what listens there. The
/// name may say how: `https:web:8443`.
record ProxySubresource(Registry registry, Catalog catalog, NodeConnector nodes)
        implements Subresource {

    /// Headers that are about the client's own connection or identity, and stay here.
    private static final Set<String> OWN =
            Set.of("authorization", "host", "content-length", "transfer-encoding", "keep-alive");

    /// A name as it is asked for: `scheme:name:port`, of which only the name is needed.
    private record Target(String scheme, String name, String port) {

        static @Nullable Target parse(String text) {
            var parts = text.split(":", -1);
            return switch (parts.length) {
                case 1 -> new Target("http", parts[0], "");
                case 2 -> new Target("http", parts[0], parts[1]);
                case 3 ->
                        parts[0].equals("https") || parts[0].equals("http") || parts[0].isEmpty()
                                ? new Target(
                                        parts[0].isEmpty() ? "http" : parts[0], parts[1], parts[2])
                                : null;
                default -> null;
            };
        }
    }

    @Override
    public Response handle(Call call, Served<?> kind) {
        var target = Target.parse(call.info().name());
        if (target == null) {
            throw Errors.badRequest(
                    "invalid "
                            + call.info().resource()
                            + " request \""
                            + call.info().name()
                            + "\"");
        }
        ConnectOptions.admit(registry, call, kind);
        var path = call.info().rest().isEmpty() ? "/" : call.info().rest();
        return switch (call.info().resource()) {
            case "nodes" -> {
                var kinds = catalog.of(Node.class);
                var node = kinds.object(registry.get(kinds, "", target.name()));
                node.status().addresses().stream()
                        .filter(address -> address.type().equals("InternalIP"))
                        .forEach(address -> checkAllowed(address.address()));
                yield forward(call, nodes.to(node), path);
            }
            case "pods" -> {
                var pods = catalog.of(Pod.class);
                var pod = pods.object(registry.get(pods, call.info().namespace(), target.name()));
                yield once(
                        call, to(target.scheme(), pod.status().podIP(), port(pod, target)), path);
            }
            default -> service(call, target, path);
        };
    }

    private Response service(Call call, Target target, String path) {
        var services = catalog.of(Service.class);
        var service =
                services.object(registry.get(services, call.info().namespace(), target.name()));
        var backends = backends(service, target.port());
        if (backends.isEmpty()) {
            throw known(service, target.port())
                    ? Errors.unavailable(
                            "no endpoints available for service \"" + service.name() + "\"")
                    : Errors.notFound("", "services", service.name());
        }
        var chosen = backends.get(ThreadLocalRandom.current().nextInt(backends.size()));
        return once(call, to(target.scheme(), chosen.address(), chosen.port()), path);
    }

    private record Backend(String address, int port) {}

    /// Whether anything could ever answer: there are endpoints, but none is ready, or none has the
    /// port.
    private boolean known(Service service, String port) {
        return slices(service).stream().anyMatch(slice -> !slice.endpoints().isEmpty())
                && (port.isEmpty() || number(port) != 0 || named(service, port));
    }

    private static boolean named(Service service, String port) {
        return service.spec().ports().stream().anyMatch(one -> one.name().equals(port));
    }

    private List<EndpointSlice> slices(Service service) {
        return catalog.all(registry.store().snapshot(), EndpointSlice.class).stream()
                .filter(slice -> slice.namespace().equals(service.namespace()))
                .filter(slice ->
                        service.name()
                                .equals(
                                        slice.metadata()
                                                .labels()
                                                .get("kubernetes.io/service-name")))
                .toList();
    }

    private List<Backend> backends(Service service, String port) {
        var wanted = number(port);
        var name =
                wanted == 0
                        ? port
                        : service.spec().ports().stream()
                                .filter(one -> one.port() == wanted)
                                .map(Service.ServicePort::name)
                                .findFirst()
                                .orElse(port);
        var found = new ArrayList<Backend>();
        for (var slice : slices(service)) {
            for (var listed : slice.ports()) {
                var number = listed.port();
                var own = listed.name() == null ? "" : listed.name();
                if (number == null || !(port.isEmpty() || own.equals(name))) {
                    continue;
                }
                for (var endpoint : slice.endpoints()) {
                    if (!Boolean.FALSE.equals(endpoint.conditions().ready())) {
                        endpoint.addresses()
                                .forEach(address -> found.add(new Backend(address, number)));
                    }
                }
            }
        }
        return found;
    }

    /// The named or numbered port; else the first one a container opens.
    private static int port(Pod pod, Target target) {
        var number = number(target.port());
        if (number != 0) {
            return number;
        }
        for (var container : pod.spec().containers()) {
            for (var port : container.ports()) {
                if (target.port().isEmpty() || port.name().equals(target.port())) {
                    return port.containerPort();
                }
            }
        }
        return target.scheme().equals("https") ? 443 : 80;
    }

    private static int number(String port) {
        return port.matches("[0-9]{1,5}") ? Integer.parseInt(port) : 0;
    }

    /// Nobody reaches this machine's own services through the API server.
    private static HttpClient to(String scheme, String address, int port) {
        checkAllowed(address);
        var host = address.contains(":") ? "[" + address + "]" : address;
        var options = ClientOptions.DEFAULT;
        return HttpClient.to(
                URI.create(scheme + "://" + host + ":" + port),
                scheme.equals("https")
                        ? options.withTls(ClientTls.believingAnything())
                        : options.withHttp2(false));
    }

    private static void checkAllowed(String address) {
        if (address.isEmpty() || !allowed(address)) {
            throw Errors.badRequest("address not allowed");
        }
    }

    private static boolean allowed(String address) {
        try {
            var ip = InetAddress.ofLiteral(address);
            return !ip.isLoopbackAddress()
                    && !ip.isLinkLocalAddress()
                    && !ip.isMulticastAddress()
                    && !ip.isAnyLocalAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// Forwards over a connection that nobody else uses.
    private static Response once(Call call, HttpClient client, String path) {
        if (call.info().rest().isEmpty()
                && call.request().method().equals("GET")
                && !call.request().path().endsWith("/")) {
            client.close();
            // Relative links of what is shown must stay below this path.
            return new Response.Full(
                    301, Headers.of("location", call.request().path() + "/"), Payload.EMPTY);
        }
        var answered = false;
        try {
            var answer = forward(call, client, path);
            answered = true;
            return switch (answer) {
                case Response.Full full -> {
                    client.close();
                    yield full;
                }
                case Response.Streaming(var status, var headers, var producer) ->
                        new Response.Streaming(
                                status,
                                headers,
                                sink -> {
                                    try (client) {
                                        producer.writeTo(sink);
                                    }
                                });
                case Response.Upgrade(var headers, var session) ->
                        new Response.Upgrade(
                                headers,
                                connection -> {
                                    try (client) {
                                        session.run(connection);
                                    }
                                });
            };
        } finally {
            if (!answered) {
                client.close();
            }
        }
    }

    private static Response forward(Call call, Transport transport, String path) {
        var incoming = call.request();
        var type = incoming.header("content-type");
        var outgoing =
                Request.of(incoming.method(), path)
                        .withQuery(call.query())
                        .withHeaders(headers(incoming.headers()));
        if (incoming.body().bytes().length > 0) {
            outgoing =
                    outgoing.withBody(
                            type == null ? "application/octet-stream" : type, incoming.body());
        }
        try {
            if (incoming.header("upgrade") == null) {
                return transport.send(outgoing);
            }
            return switch (transport.upgrade(outgoing)) {
                case Upgrade.Accepted(var headers, var connection) ->
                        new Response.Upgrade(
                                headers.without("content-length").without("date"),
                                client -> {
                                    try (connection) {
                                        Pipes.join(client, connection);
                                    }
                                });
                case Upgrade.Refused(var refusal) -> refusal;
            };
        } catch (UncheckedIOException e) {
            throw unreachable(e);
        }
    }

    private static ApiError unreachable(UncheckedIOException e) {
        return Errors.unavailable("error trying to reach service: " + e.getMessage());
    }

    private static Headers headers(Headers incoming) {
        var kept = Headers.EMPTY;
        for (var field : incoming.asMap().entrySet()) {
            var name = field.getKey().toLowerCase(Locale.ROOT);
            if (!OWN.contains(name) && !name.startsWith("impersonate-")) {
                for (var value : new ArrayList<>(field.getValue())) {
                    kept = kept.with(name, value);
                }
            }
        }
        return kept;
    }
}
