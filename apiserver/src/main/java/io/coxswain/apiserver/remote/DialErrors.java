package io.coxswain.apiserver.remote;

import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import org.jspecify.annotations.Nullable;

/// Why a server could not be reached, in the words of Go's dialer, which users look for.
final class DialErrors {

    private static final String X509 = "tls: failed to verify certificate: x509: ";

    private DialErrors() {}

    static String text(URI uri, @Nullable Throwable failure) {
        var last = "unknown";
        for (var at = failure; at != null; at = at.getCause()) {
            var known = known(uri, at);
            if (!known.isEmpty()) {
                return known;
            }
            last = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
        }
        return last;
    }

    private static String known(URI uri, Throwable failure) {
        var port = uri.getPort() < 0 ? 443 : uri.getPort();
        var message = String.valueOf(failure.getMessage());
        return switch (failure) {
            case ConnectException refused ->
                    "dial tcp " + uri.getHost() + ":" + port + ": connect: connection refused";
            case UnknownHostException unknown ->
                    "dial tcp: lookup " + uri.getHost() + ": no such host";
            case CertificateExpiredException expired ->
                    X509 + "certificate has expired or is not yet valid";
            case CertificateNotYetValidException early ->
                    X509 + "certificate has expired or is not yet valid";
            case CertPathValidatorException path ->
                    X509 + "certificate signed by unknown authority";
            case CertificateException certificate ->
                    message.startsWith("No subject alternative")
                                    || message.startsWith("No name matching")
                            ? X509
                                    + "certificate is not valid for any names, but wanted to match "
                                    + uri.getHost()
                            : message.contains("unable to find valid certification path")
                                    ? X509 + "certificate signed by unknown authority"
                                    : "";
            default -> "";
        };
    }
}
