package io.coxswain.bench.hostile;

import io.coxswain.client.KubeconfigConnection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/// A TLS connection on which any bytes can be sent.
final class Wire implements AutoCloseable {

    private static final int SILENCE_MILLIS_MAX = 10_000;
    private static final int HEADERS = 1;
    private static final int RESET = 3;
    private static final int SETTINGS = 4;
    private static final int END_STREAM_AND_HEADERS = 5;

    /// From HPACK's static table.
    private static final byte[] GET_HTTPS = {(byte) 0x82, (byte) 0x87};

    private static final byte PATH = 4;
    private static final byte AUTHORITY = 1;

    private final SSLSocket socket;

    private Wire(SSLSocket socket) {
        this.socket = socket;
    }

    /// What all connections of one client share: its certificate, and whom it trusts.
    static SSLContext context(KubeconfigConnection connection) {
        try {
            var tls = connection.options().tls();
            var identity = tls.identity().get();
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(null, null);
            if (identity != null) {
                var chain = identity.chain().toArray(java.security.cert.Certificate[]::new);
                keys.setKeyEntry("client", identity.key(), new char[0], chain);
            }
            for (var authority : tls.authorities()) {
                keys.setCertificateEntry("authority", authority);
            }
            var mine = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            mine.init(keys, new char[0]);
            var theirs = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            theirs.init(keys);
            var context = SSLContext.getInstance("TLS");
            context.init(mine.getKeyManagers(), theirs.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }

    static Wire http1(Attack.Victim victim) throws IOException {
        return connect(victim, "http/1.1");
    }

    /// Has sent the preface and empty settings.
    static Wire http2(Attack.Victim victim) throws IOException {
        var wire = connect(victim, "h2");
        wire.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
        wire.send(frame(SETTINGS, 0, 0, new byte[0]));
        return wire;
    }

    private static Wire connect(Attack.Victim victim, String protocol) throws IOException {
        var server = victim.server();
        var socket =
                (SSLSocket)
                        victim.tls()
                                .getSocketFactory()
                                .createSocket(server.getHost(), server.getPort());
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(SILENCE_MILLIS_MAX);
        socket.startHandshake();
        return new Wire(socket);
    }

    void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.US_ASCII));
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /// The next byte from the server, negative at the end.
    int read() throws IOException {
        return socket.getInputStream().read();
    }

    /// A GET on a stream of HTTP/2.
    static byte[] get(int stream, String path) {
        var head = ByteBuffer.allocate(16 + path.length()).put(GET_HTTPS);
        field(head, PATH, path);
        field(head, AUTHORITY, "localhost");
        var block = new byte[head.position()];
        head.flip().get(block);
        return frame(HEADERS, END_STREAM_AND_HEADERS, stream, block);
    }

    /// The same, and that the client does not want the answer.
    static byte[] getAndReset(int stream, String path) {
        var get = get(stream, path);
        var reset = frame(RESET, 0, stream, new byte[] {0, 0, 0, 8});
        return ByteBuffer.allocate(get.length + reset.length).put(get).put(reset).array();
    }

    private static void field(ByteBuffer head, byte name, String value) {
        head.put(name).put((byte) value.length());
        head.put(value.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] frame(int type, int flags, int stream, byte[] payload) {
        return ByteBuffer.allocate(9 + payload.length)
                .put((byte) (payload.length >> 16))
                .putShort((short) payload.length)
                .put((byte) type)
                .put((byte) flags)
                .putInt(stream)
                .put(payload)
                .array();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
