package io.coxswain.apiserver.aggregation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coxswain.api.apiregistration.APIService;
import io.coxswain.api.apiregistration.APIService.ServiceReference;
import io.coxswain.apiserver.FrontProxy;
import io.coxswain.base.tls.Pem;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Transport;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Connections to extension servers: a client for each address and way of trusting it. Over
/// HTTP/1.1, because some requests take the connection over.
final class Backends implements AutoCloseable {

    private static final int CLIENTS_MAX = 64;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration HEAD = Duration.ofSeconds(60);

    /// @param trust the authorities as PEM; `insecure` for none
    private record Way(String host, InetSocketAddress address, String trust) {}

    private final @Nullable FrontProxy frontProxy;
    private final Map<Way, HttpClient> clients = new LinkedHashMap<>(16, 0.75f, true);

    Backends(@Nullable FrontProxy frontProxy) {
        this.frontProxy = frontProxy;
    }

    Transport to(APIService service, ServiceReference reference, InetSocketAddress address) {
        var spec = service.spec();
        var trust = spec.insecureSkipTLSVerify() ? "insecure" : new String(spec.caBundle(), UTF_8);
        var way = new Way(reference.name() + "." + reference.namespace() + ".svc", address, trust);
        synchronized (clients) {
            var client = clients.computeIfAbsent(way, this::connect);
            closeOldest();
            return client;
        }
    }

    /// Of many changes of addresses only the last are kept.
    private void closeOldest() {
        Iterator<HttpClient> oldest = clients.values().iterator();
        while (clients.size() > CLIENTS_MAX && oldest.hasNext()) {
            oldest.next().close();
            oldest.remove();
        }
    }

    private HttpClient connect(Way way) {
        var tls =
                way.trust.equals("insecure")
                        ? ClientTls.believingAnything()
                        : ClientTls.trusting(authorities(way.trust));
        var known = frontProxy == null ? tls : tls.withIdentity(frontProxy.identity());
        return HttpClient.to(
                URI.create("https://" + way.host),
                ClientOptions.DEFAULT
                        .withTls(known.withServerName(way.host))
                        .withAddress(way.address)
                        .withHttp2(false)
                        .withTimeouts(CONNECT, HEAD));
    }

    private static List<X509Certificate> authorities(String pem) {
        return pem.isEmpty() ? List.of() : Pem.certificates(pem);
    }

    @Override
    public void close() {
        synchronized (clients) {
            clients.values().forEach(HttpClient::close);
            clients.clear();
        }
    }
}
