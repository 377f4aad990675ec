package io.coxswain.apiserver.aggregation;

import io.coxswain.api.apiregistration.APIService;
import io.coxswain.api.apiregistration.APIService.ServiceReference;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.FrontProxy;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.remote.Connections;
import io.coxswain.apiserver.remote.EndpointAddresses;
import io.coxswain.apiserver.remote.ServiceAddresses;
import io.coxswain.http.Headers;
import io.coxswain.http.Response;
import io.coxswain.http.Transport;
import io.coxswain.storage.Store;
import io.coxswain.storage.Watch;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// Sends requests for groups and versions that other servers answer to those servers, with the
/// caller's identity in headers that only this server's certificate makes credible.
public final class Aggregator implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration HEAD = Duration.ofSeconds(60);
    private static final int PORT = 443;

    private final Store store;
    private final Catalog catalog;
    private final ServiceAddresses addresses;
    private final Connections backends;
    private final AtomicBoolean stale = new AtomicBoolean(true);
    private final RemoteDocuments documents = new RemoteDocuments();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private volatile Map<String, APIService> remote = Map.of();
    private @Nullable Watch watch;

    /// Finds servers by the endpoints of their Service.
    public Aggregator(Store store, Catalog catalog, @Nullable FrontProxy frontProxy) {
        this(store, catalog, new EndpointAddresses(store, catalog), frontProxy);
    }

    Aggregator(
            Store store,
            Catalog catalog,
            ServiceAddresses addresses,
            @Nullable FrontProxy frontProxy) {
        this.store = store;
        this.catalog = catalog;
        this.addresses = addresses;
        // Over HTTP/1.1, because some requests take the connection over.
        this.backends =
                new Connections(
                        frontProxy == null ? null : frontProxy.identity(), false, CONNECT, HEAD);
    }

    /// Starts to follow the store.
    public void start() {
        var resource = catalog.of(APIService.class).kind().groupResource();
        watch = store.watch(resource, store.snapshot().revision(), this::changed);
        changed();
    }

    /// Calls `listener` when an APIService has changed.
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        stale.set(true);
        listeners.forEach(Runnable::run);
    }

    @Override
    public void close() {
        if (watch != null) {
            watch.close();
        }
        backends.close();
    }

    /// What those servers publish about their schemas.
    public RemoteDocuments documents() {
        return documents;
    }

    /// Every APIService that another server answers.
    public Collection<APIService> remote() {
        return current().values();
    }

    /// The service that answers a path, or null: `/apis/metrics.k8s.io/v1beta1/nodes`.
    public @Nullable APIService behind(String path) {
        var services = current();
        if (services.isEmpty() || !path.startsWith("/apis/")) {
            return null;
        }
        var parts = path.split("/", 5);
        return parts.length < 4 ? null : services.get(parts[3] + "." + parts[2]);
    }

    /// Whether requests may be sent there.
    static boolean available(APIService service) {
        return service.status().conditions().stream()
                .anyMatch(condition ->
                        condition.type().equals("Available") && condition.status().equals("True"));
    }

    /// Has `service` answer.
    public Response proxy(Call call, APIService service) {
        if (!available(service)) {
            return unavailable();
        }
        return switch (find(service)) {
            case ServiceAddresses.Found.At(var address) ->
                    Forwarder.forward(
                            call,
                            transport(service, address),
                            call.request().rawPath(),
                            identity(call.user()));
            case ServiceAddresses.Found.Nowhere nowhere -> unavailable();
        };
    }

    ServiceAddresses.Found find(APIService service) {
        var reference = service.spec().service();
        return reference == null
                ? new ServiceAddresses.Found.Nowhere("Local", "answered here", "answered here")
                : addresses.find(reference.namespace(), reference.name(), port(reference));
    }

    /// Throws [IllegalArgumentException] when its authorities cannot be read.
    Transport transport(APIService service, InetSocketAddress address) {
        var spec = service.spec();
        var reference = spec.service();
        if (reference == null) {
            throw new IllegalArgumentException(service.name() + " has no service");
        }
        var host = reference.name() + "." + reference.namespace() + ".svc";
        var trust =
                spec.insecureSkipTLSVerify()
                        ? Connections.Trust.ANYBODY
                        : Connections.Trust.of(spec.caBundle());
        return backends.to(
                new Connections.Way(
                        URI.create("https://" + host + ":" + port(reference)), address, trust));
    }

    private static int port(ServiceReference reference) {
        return Objects.requireNonNullElse(reference.port(), PORT);
    }

    private static Response unavailable() {
        return Response.text(503, "service unavailable\n")
                .withHeaders(headers -> headers.with("x-content-type-options", "nosniff"));
    }

    /// Who asks, for a server that believes this one.
    static Headers identity(User user) {
        var headers = Headers.of("x-remote-user", user.name());
        if (!user.uid().isEmpty()) {
            headers = headers.with("x-remote-uid", user.uid());
        }
        for (var group : user.groups()) {
            headers = headers.with("x-remote-group", group);
        }
        for (var extra : user.extra().entrySet()) {
            var key =
                    URLEncoder.encode(
                            extra.getKey().toLowerCase(Locale.ROOT), StandardCharsets.UTF_8);
            for (var value : extra.getValue()) {
                headers = headers.with("x-remote-extra-" + key, value);
            }
        }
        return headers;
    }

    private Map<String, APIService> current() {
        if (stale.compareAndSet(true, false)) {
            var services = new HashMap<String, APIService>();
            for (var service : catalog.all(store.snapshot(), APIService.class)) {
                if (service.spec().service() != null) {
                    services.put(service.name(), service);
                }
            }
            remote = Map.copyOf(services);
        }
        return remote;
    }
}
