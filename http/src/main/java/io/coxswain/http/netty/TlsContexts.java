package io.coxswain.http.netty;

import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.http.ClientTls;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/// Builds TLS contexts: BoringSSL where its library is on the class path, else the JDK's.
final class TlsContexts {

    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};
    private static final String[] HTTP_1 = {ApplicationProtocolNames.HTTP_1_1};
    private static final String[] HTTP_2_AND_1 = {
        ApplicationProtocolNames.HTTP_2, ApplicationProtocolNames.HTTP_1_1
    };

    private TlsContexts() {}

    private static SslProvider provider() {
        return OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
    }

    static SslContext server(TlsIdentity identity, List<X509Certificate> clientAuthorities) {
        var builder =
                SslContextBuilder.forServer(
                                identity.key(), identity.chain().toArray(X509Certificate[]::new))
                        .clientAuth(
                                clientAuthorities.isEmpty() ? ClientAuth.NONE : ClientAuth.OPTIONAL)
                        .trustManager(new ClientCertificates.AcceptAny(clientAuthorities));
        return finish(builder, true);
    }

    static SslContext client(ClientTls tls, @Nullable TlsIdentity identity, boolean http2) {
        var builder = SslContextBuilder.forClient();
        if (tls.insecure()) {
            builder.trustManager(InsecureTrustManagerFactory.INSTANCE)
                    .endpointIdentificationAlgorithm(null);
        } else if (!tls.authorities().isEmpty()) {
            builder.trustManager(tls.authorities().toArray(X509Certificate[]::new));
        }
        if (identity != null) {
            builder.keyManager(identity.key(), identity.chain().toArray(X509Certificate[]::new));
        }
        return finish(builder, http2);
    }

    private static SslContext finish(SslContextBuilder builder, boolean http2) {
        try {
            return builder.sslProvider(provider())
                    .protocols(VERSIONS)
                    .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .applicationProtocolConfig(
                            new ApplicationProtocolConfig(
                                    ApplicationProtocolConfig.Protocol.ALPN,
                                    ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                                    ApplicationProtocolConfig.SelectedListenerFailureBehavior
                                            .ACCEPT,
                                    http2 ? HTTP_2_AND_1 : HTTP_1))
                    .build();
        } catch (SSLException e) {
            throw new IllegalArgumentException("TLS cannot be set up", e);
        }
    }
}
