package io.coxswain.http.netty;

import io.coxswain.http.Peer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Finds out who a client is. The handshake takes any certificate (its holder proves to have the
/// key); whether it is trusted is decided here, once a connection, so that an unknown certificate
/// becomes an authentication failure that the client can read instead of a broken connection.
final class ClientCertificates {

    private static final String CLIENT_AUTHENTICATION = "1.3.6.1.5.5.7.3.2";

    private ClientCertificates() {}

    static Peer peer(
            @Nullable InetSocketAddress address,
            @Nullable SSLSession session,
            List<X509Certificate> authorities) {
        var shown = shown(session);
        if (shown.isEmpty()) {
            return new Peer(address, List.of(), null);
        }
        try {
            return new Peer(address, verify(shown, authorities), null);
        } catch (GeneralSecurityException e) {
            var reason = String.valueOf(e.getMessage());
            return new Peer(address, List.of(), new Peer.Untrusted(shown.getFirst(), reason));
        }
    }

    /// The chain from the client's certificate to the authority.
    private static List<X509Certificate> verify(
            List<X509Certificate> shown, List<X509Certificate> authorities)
            throws GeneralSecurityException {
        if (authorities.isEmpty()) {
            throw new CertPathBuilderException("no authority is trusted");
        }
        var selector = new X509CertSelector();
        selector.setCertificate(shown.getFirst());
        setUsage(selector);
        var anchors =
                authorities.stream()
                        .map(authority -> new TrustAnchor(authority, null))
                        .collect(Collectors.toSet());
        var parameters = new PKIXBuilderParameters(anchors, selector);
        parameters.setRevocationEnabled(false);
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(shown)));
        var result =
                (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
        var chain = new ArrayList<X509Certificate>();
        result.getCertPath().getCertificates().forEach(one -> chain.add((X509Certificate) one));
        chain.add(result.getTrustAnchor().getTrustedCert());
        return List.copyOf(chain);
    }

    private static void setUsage(X509CertSelector selector) {
        try {
            selector.setExtendedKeyUsage(Set.of(CLIENT_AUTHENTICATION));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<X509Certificate> shown(@Nullable SSLSession session) {
        if (session == null) {
            return List.of();
        }
        try {
            return Arrays.stream(session.getPeerCertificates())
                    .map(X509Certificate.class::cast)
                    .toList();
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
    }

    /// Lets every client certificate through the handshake, and names the authorities to clients
    /// that choose a certificate by them.
    static final class AcceptAny extends X509ExtendedTrustManager {

        private final X509Certificate[] authorities;

        AcceptAny(List<X509Certificate> authorities) {
            this.authorities = authorities.toArray(X509Certificate[]::new);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return authorities;
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            throw new CertificateException("not a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            throw new CertificateException("not a client");
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            throw new CertificateException("not a client");
        }
    }
}
