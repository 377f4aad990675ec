package io.coxswain.apiserver.remote;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.coxswain.base.tls.Pem;
import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.HttpClient;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Connections to other servers that are kept: a client for each name, address and way of trusting
/// them, so that none is used for a server that another authority would have to vouch for.
public final class Connections implements AutoCloseable {

    private static final int CLIENTS_MAX = 256;

    /// Whom the other server has to be vouched for by.
    ///
    /// @param authorities as PEM; empty for those that the JDK trusts
    public record Trust(String authorities, boolean anybody) {

        public static final Trust ANYBODY = new Trust("", true);

        public static Trust of(byte[] bundle) {
            return new Trust(new String(bundle, UTF_8), false);
        }

        /// Throws [IllegalArgumentException] when the authorities cannot be read.
        private ClientTls tls() {
            if (anybody) {
                return ClientTls.believingAnything();
            }
            return authorities.isEmpty()
                    ? ClientTls.trustingDefaults()
                    : ClientTls.trusting(Pem.certificates(authorities));
        }
    }

    /// Which server, and how it is reached.
    ///
    /// @param base scheme, host and port; the host is what its certificate is for
    /// @param address what to dial; null for the host itself
    public record Way(URI base, @Nullable InetSocketAddress address, Trust trust) {}

    private final @Nullable TlsIdentity identity;
    private final boolean http2;
    private final Duration connect;
    private final Duration head;
    private final Map<Way, HttpClient> clients = new LinkedHashMap<>(16, 0.75f, true);

    /// @param identity what this server shows of itself; null for nothing
    /// @param http2 false where requests take connections over
    /// @param connect how long a connection may take
    /// @param head how long the head of an answer may take
    public Connections(
            @Nullable TlsIdentity identity, boolean http2, Duration connect, Duration head) {
        this.identity = identity;
        this.http2 = http2;
        this.connect = connect;
        this.head = head;
    }

    public HttpClient to(Way way) {
        synchronized (clients) {
            var client = clients.computeIfAbsent(way, this::connect);
            closeOldest();
            return client;
        }
    }

    /// Of many changes of addresses only the last are kept.
    private void closeOldest() {
        var oldest = clients.values().iterator();
        while (clients.size() > CLIENTS_MAX && oldest.hasNext()) {
            oldest.next().close();
            oldest.remove();
        }
    }

    private HttpClient connect(Way way) {
        var tls = identity == null ? way.trust.tls() : way.trust.tls().withIdentity(identity);
        var options =
                ClientOptions.DEFAULT
                        .withTls(tls.withServerName(way.base.getHost()))
                        .withHttp2(http2)
                        .withTimeouts(connect, head);
        return HttpClient.to(
                way.base, way.address == null ? options : options.withAddress(way.address));
    }

    @Override
    public void close() {
        synchronized (clients) {
            clients.values().forEach(HttpClient::close);
            clients.clear();
        }
    }
}
