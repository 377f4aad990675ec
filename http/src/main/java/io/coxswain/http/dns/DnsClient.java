package io.coxswain.http.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.Duration;

/// Asks another DNS server, on the thread of the caller: over UDP, and over TCP when the reply does
/// not fit. What a cluster's DNS forwards, it forwards with this.
public final class DnsClient {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int REPLY_FLAGS = 0x8000;
    private static final int FLAG_TRUNCATED = 1 << 9;

    private final Duration timeout;

    /// @param timeout for one exchange of messages
    public DnsClient(Duration timeout) {
        this.timeout = timeout;
    }

    /// Throws when no reply came in time, or none that answers the question.
    public DnsReply ask(InetSocketAddress server, DnsQuestion question) throws IOException {
        var id = RANDOM.nextInt(1 << 16);
        var query = query(id, question);
        var reply = overUdp(server, id, question, query);
        if ((reply.getUnsignedShort(2) & FLAG_TRUNCATED) != 0) {
            reply = overTcp(server, query);
        }
        if (!answers(reply, id, question)) {
            throw new IOException(server + " answered something else");
        }
        return DnsReader.read(reply);
    }

    /// Datagrams that do not belong to the question are passed over: anybody could have sent them.
    private ByteBuf overUdp(InetSocketAddress server, int id, DnsQuestion question, byte[] query)
            throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout((int) timeout.toMillis());
            socket.connect(server);
            socket.send(new DatagramPacket(query, query.length));
            var buffer = new byte[DnsServer.STREAM_BYTES_MAX];
            while (true) {
                var packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                var reply = Unpooled.wrappedBuffer(buffer, 0, packet.getLength());
                if (answers(reply, id, question)) {
                    return reply;
                }
            }
        }
    }

    private ByteBuf overTcp(InetSocketAddress server, byte[] query) throws IOException {
        try (var socket = new Socket()) {
            socket.setSoTimeout((int) timeout.toMillis());
            socket.connect(server, (int) timeout.toMillis());
            var out = new DataOutputStream(socket.getOutputStream());
            var message = Unpooled.buffer(query.length + 2).writeShort(query.length);
            out.write(message.writeBytes(query).array(), 0, message.readableBytes());
            var in = new DataInputStream(socket.getInputStream());
            var reply = new byte[in.readUnsignedShort()];
            in.readFully(reply);
            return Unpooled.wrappedBuffer(reply);
        }
    }

    private static byte[] query(int id, DnsQuestion question) {
        var bytes = Unpooled.buffer(512);
        var echo = new DnsWriter.Echo(id, 0, true, question.name(), question.typeCode(), true);
        DnsWriter.writeQuery(bytes, echo);
        var query = new byte[bytes.readableBytes()];
        bytes.readBytes(query);
        return query;
    }

    private static boolean answers(ByteBuf reply, int id, DnsQuestion question) {
        return reply.readableBytes() >= DnsReader.HEADER_BYTES
                && reply.getUnsignedShort(0) == id
                && (reply.getUnsignedShort(2) & REPLY_FLAGS) != 0
                && DnsReader.asks(reply, question);
    }
}
