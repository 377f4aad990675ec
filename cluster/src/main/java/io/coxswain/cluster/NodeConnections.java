package io.coxswain.cluster;

import io.coxswain.api.core.Node;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.subresources.NodeConnector;
import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.http.ClientOptions;
import io.coxswain.http.ClientTls;
import io.coxswain.http.HttpClient;
import io.coxswain.http.Transport;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Connections to the kubelets, one client for each address. Over HTTP/1.1, because exec and its
/// kin take over the connection.
final class NodeConnections implements NodeConnector, AutoCloseable {

    private static final int DEFAULT_PORT = 10250;

    private final ClientOptions options;
    private final Map<URI, HttpClient> clients = new ConcurrentHashMap<>();

    NodeConnections(List<X509Certificate> authorities, TlsIdentity identity) {
        this.options =
                ClientOptions.DEFAULT
                        .withTls(ClientTls.trusting(authorities).withIdentity(identity))
                        .withHttp2(false);
    }

    @Override
    public Transport to(Node node) {
        return clients.computeIfAbsent(address(node), uri -> HttpClient.to(uri, options));
    }

    @Override
    public void close() {
        clients.values().forEach(HttpClient::close);
    }

    private static URI address(Node node) {
        var host =
                node.status().addresses().stream()
                        .filter(address -> address.type().equals("InternalIP"))
                        .findFirst()
                        .orElseThrow(() ->
                                Errors.internal(
                                        "no preferred addresses found; known addresses: []"))
                        .address();
        var port = node.status().daemonEndpoints().kubeletEndpoint().Port();
        return URI.create("https://" + host + ":" + (port == 0 ? DEFAULT_PORT : port));
    }
}
