package io.coxswain.kubelet.probes;

import io.coxswain.api.core.Probe.HTTPHeader;
import io.coxswain.base.Clock;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// One GET the way probes and hooks make it: a connection of its own, any certificate is good,
/// redirects only within the host, and the whole within one deadline.
public record PlainHttp(
        boolean secure, String host, int port, String path, List<HTTPHeader> headers) {

    private static final int BODY_MAX = 10 * 1024;
    private static final int HEAD_MAX = 64 * 1024;
    private static final int REDIRECTS_MAX = 10;

    /// What came back; of the body only the beginning.
    public record Reply(int status, String location, String body) {}

    /// As Go's client names it in errors.
    public String url() {
        return (secure ? "https" : "http") + "://" + authority() + path;
    }

    public Reply get(Duration timeout) throws IOException {
        var end = Clock.SYSTEM.nanos() / 1_000_000 + timeout.toMillis();
        var call = this;
        for (var hop = 0; hop < REDIRECTS_MAX; hop++) {
            var reply = call.once(end);
            if (reply.status() < 300 || reply.status() >= 400 || reply.location().isEmpty()) {
                return reply;
            }
            var next = URI.create(call.url()).resolve(reply.location());
            if (!host.equals(next.getHost())) {
                return reply;
            }
            call = call.at(next);
        }
        throw new IOException("stopped after " + REDIRECTS_MAX + " redirects");
    }

    private PlainHttp at(URI next) {
        var tls = "https".equals(next.getScheme());
        var number = next.getPort() > 0 ? next.getPort() : tls ? 443 : 80;
        var query = next.getRawQuery() == null ? "" : "?" + next.getRawQuery();
        var target = next.getRawPath().isEmpty() ? "/" : next.getRawPath();
        return new PlainHttp(tls, host, number, target + query, headers);
    }

    private Reply once(long end) throws IOException {
        try (var plain = new Socket()) {
            connect(plain, end);
            plain.setSoTimeout(left(end));
            var socket =
                    secure
                            ? trusting().getSocketFactory().createSocket(plain, host, port, true)
                            : plain;
            socket.getOutputStream().write(request().getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return read(plain, socket.getInputStream(), end);
        } catch (SocketTimeoutException e) {
            throw new IOException(
                    "context deadline exceeded (Client.Timeout exceeded while awaiting headers)",
                    e);
        }
    }

    private void connect(Socket socket, long end) throws IOException {
        try {
            socket.connect(new InetSocketAddress(host, port), left(end));
        } catch (ConnectException e) {
            throw new IOException(dialError(host, port, e), e);
        }
    }

    static String dialError(String host, int port, IOException e) {
        var where = "dial tcp " + host + ":" + port + ": ";
        if (e instanceof SocketTimeoutException) {
            return where + "i/o timeout";
        }
        var text = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return where + (text.contains("refused") ? "connect: connection refused" : text);
    }

    private String request() {
        var out = new StringBuilder("GET " + path + " HTTP/1.1\r\n");
        var names = headers.stream().map(h -> h.name().toLowerCase(Locale.ROOT)).toList();
        if (!names.contains("host")) {
            out.append("Host: ").append(authority()).append("\r\n");
        }
        if (!names.contains("user-agent")) {
            out.append("User-Agent: kube-probe/1.36\r\n");
        }
        if (!names.contains("accept")) {
            out.append("Accept: */*\r\n");
        }
        for (var header : headers) {
            out.append(header.name()).append(": ").append(header.value()).append("\r\n");
        }
        return out.append("Connection: close\r\n\r\n").toString();
    }

    private String authority() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    private static Reply read(Socket socket, InputStream in, long end) throws IOException {
        var status = line(in);
        var words = status.split(" ", 3);
        if (words.length < 2 || !words[0].startsWith("HTTP/")) {
            throw new IOException("malformed HTTP response \"" + status + "\"");
        }
        var location = "";
        for (var header = line(in); !header.isEmpty(); header = line(in)) {
            if (header.toLowerCase(Locale.ROOT).startsWith("location:")) {
                location = header.substring("location:".length()).strip();
            }
        }
        socket.setSoTimeout(left(end));
        var body = new String(in.readNBytes(BODY_MAX), StandardCharsets.UTF_8);
        return new Reply(Integer.parseInt(words[1]), location, body);
    }

    private static String line(InputStream in) throws IOException {
        var out = new ByteArrayOutputStream();
        for (var b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("EOF");
            }
            if (out.size() > HEAD_MAX) {
                throw new IOException("response header too long");
            }
            if (b != '\r') {
                out.write(b);
            }
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static int left(long end) throws SocketTimeoutException {
        var left = end - Clock.SYSTEM.nanos() / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("timeout");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }

    private static SSLContext trusting() throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new AnyCertificate()}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /// A probe asks whether somebody answers, not who it is.
    private static final class AnyCertificate extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
