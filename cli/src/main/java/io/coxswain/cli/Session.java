package io.coxswain.cli;

import io.coxswain.api.json.Json;
import io.coxswain.base.Clock;
import io.coxswain.cli.server.DiscoveryCache;
import io.coxswain.cli.server.ResourceTypes;
import io.coxswain.cli.server.Server;
import io.coxswain.client.Discovery;
import io.coxswain.client.Kubeconfig;
import io.coxswain.http.Transport;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a running command works with. The server is connected to when first needed.
public final class Session {

    private final Surroundings around;
    private final GlobalFlags global;
    private @Nullable Connection connection;
    private @Nullable Server server;
    private @Nullable ResourceTypes types;

    /// What stays the same for all commands of a program.
    public record Surroundings(
            Streams streams, Map<String, String> environment, Clock clock, Connector connector) {}

    /// Connects to the server of a context.
    @FunctionalInterface
    public interface Connector {
        Transport connect(Kubeconfig.Context context, GlobalFlags global);
    }

    /// Makes the session of a command once its flags are known.
    @FunctionalInterface
    public interface Opener {
        Session open(GlobalFlags global);
    }

    public Session(Surroundings around, GlobalFlags global) {
        this.around = around;
        this.global = global;
    }

    public InputStream in() {
        return around.streams().in();
    }

    public PrintStream out() {
        return around.streams().out();
    }

    public PrintStream err() {
        return around.streams().err();
    }

    public Clock clock() {
        return around.clock();
    }

    public GlobalFlags global() {
        return global;
    }

    public Map<String, String> environment() {
        return around.environment();
    }

    public Connection connection() {
        var known = connection;
        if (known == null) {
            known = Connection.of(global, around.environment());
            connection = known;
        }
        return known;
    }

    public Server server() {
        var known = server;
        if (known == null) {
            var context = connection().context();
            known = new Server(around.connector().connect(context, global), err());
            server = known;
        }
        return known;
    }

    /// The resources that the server has, as it said some time in the last hours.
    public ResourceTypes types() {
        var known = types;
        if (known == null) {
            var cache = cache();
            var discovery = Discovery.of(cache::answer);
            known = new ResourceTypes(discovery, cache.used() ? () -> again(cache) : null);
            types = known;
        }
        return known;
    }

    private static Discovery again(DiscoveryCache cache) {
        cache.forget();
        return Discovery.of(cache::answer);
    }

    private DiscoveryCache cache() {
        var directory =
                DiscoveryCache.directory(
                        global.cacheDir(), around.environment(), connection().address());
        return new DiscoveryCache(
                directory,
                around.clock(),
                request ->
                        server().get(
                                        request.path(),
                                        String.valueOf(request.headers().first("accept"))));
    }

    /// The namespace of the command line, else that of the context.
    public String namespace() {
        return global.namespace().isEmpty()
                ? connection().context().namespace()
                : global.namespace();
    }

    public boolean namespaceGiven() {
        return !global.namespace().isEmpty();
    }

    /// `host:port` of the server, for messages.
    String address() {
        var known = connection;
        return known == null ? "" : known.address();
    }

    /// Closes the connection, if there is one.
    void close() {
        if (server != null) {
            server.close();
        }
    }

    /// The URL of the server, as written in the kubeconfig.
    public String serverUrl() {
        return connection().context().cluster().text("server");
    }

    /// A context with the flags of the command line put over it.
    public record Connection(Kubeconfig kubeconfig, Kubeconfig.Context context) {

        static Connection of(GlobalFlags global, Map<String, String> environment) {
            return ConnectionFlags.resolve(global, environment);
        }

        String address() {
            var server = context.cluster().text("server");
            var uri = URI.create(server.contains("://") ? server : "http://" + server);
            return uri.getAuthority() == null ? server : uri.getAuthority();
        }
    }

    /// The current context's cluster and user as one tree, for commands that show them.
    public Json.Obj kubeconfigTree() {
        return connection().kubeconfig().tree();
    }
}
