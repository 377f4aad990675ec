package io.coxswain.http.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// DNS over loopback sockets, message by message.
@Timeout(10)
class DnsServerTest {

    private static final DnsAnswer.Soa ZONE =
            new DnsAnswer.Soa(
                    "cluster.local.",
                    5,
                    "ns.dns.cluster.local.",
                    "hostmaster.cluster.local.",
                    new DnsAnswer.Soa.Times(1, 7200, 1800, 86400, 5));

    private final DnsServer server =
            DnsServer.start(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    DnsHandler.of(DnsServerTest::answer));

    private static DnsReply answer(DnsQuestion question) {
        var name = question.name();
        return switch (name) {
            case "web.default.svc.cluster.local." ->
                    question.type() == DnsType.A
                            ? DnsReply.of(List.of(a(name, "10.96.0.7")))
                            : DnsReply.of(List.of()).withAuthority(ZONE);
            case "ext.default.svc.cluster.local." ->
                    DnsReply.of(
                            List.of(
                                    new DnsAnswer.Cname(name, 5, "www.example.com"),
                                    a("www.example.com", "192.0.2.1")));
            case "all.default.svc.cluster.local." -> DnsReply.of(everyType(name));
            case "many.default.svc.cluster.local." ->
                    DnsReply.of(
                            IntStream.range(0, 200)
                                    .<DnsAnswer>mapToObj(i -> a(name, "10.0.0." + i))
                                    .toList());
            case "fault." -> throw new IllegalStateException("expected by this test");
            default -> DnsReply.noSuchName(ZONE);
        };
    }

    private static List<DnsAnswer> everyType(String name) {
        return List.of(
                new DnsAnswer.Aaaa(name, 5, (Inet6Address) InetAddress.ofLiteral("fd00::7")),
                new DnsAnswer.Srv(name, 5, 0, 50, 443, "web.default.svc.cluster.local."),
                new DnsAnswer.Ptr("7.0.96.10.in-addr.arpa.", 5, name),
                new DnsAnswer.Txt("dns-version.cluster.local.", 5, List.of("1.1.0")),
                ZONE);
    }

    private static DnsAnswer a(String name, String address) {
        return new DnsAnswer.A(name, 5, (Inet4Address) InetAddress.ofLiteral(address));
    }

    @AfterEach
    void close() {
        server.close();
    }

    /// @param records name, type and the length of the data of each
    private record Reply(int id, int flags, List<String> records, int length) {
        int code() {
            return flags & 0xf;
        }

        boolean truncated() {
            return (flags & 1 << 9) != 0;
        }

        boolean authoritative() {
            return (flags & 1 << 10) != 0;
        }
    }

    private static byte[] query(String name, int type, int questions, int edns) {
        var bytes = Unpooled.buffer();
        bytes.writeShort(77).writeShort(0x0100).writeShort(questions);
        bytes.writeShort(0).writeShort(0).writeShort(edns > 0 ? 1 : 0);
        for (var label : name.split("\\.")) {
            bytes.writeByte(label.length());
            bytes.writeCharSequence(label, java.nio.charset.StandardCharsets.US_ASCII);
        }
        bytes.writeByte(0).writeShort(type).writeShort(1);
        if (edns > 0) {
            bytes.writeByte(0).writeShort(41).writeShort(edns).writeInt(0).writeShort(0);
        }
        var array = new byte[bytes.readableBytes()];
        bytes.readBytes(array);
        return array;
    }

    private static Reply read(byte[] message, int length) {
        var bytes = Unpooled.wrappedBuffer(message, 0, length);
        var id = bytes.readUnsignedShort();
        var flags = bytes.readUnsignedShort();
        var questions = bytes.readUnsignedShort();
        var count =
                bytes.readUnsignedShort() + bytes.readUnsignedShort() + bytes.readUnsignedShort();
        var records = new ArrayList<String>();
        for (var i = 0; i < questions; i++) {
            records.add("? " + DefaultDnsRecordDecoder.decodeName(bytes));
            bytes.skipBytes(4);
        }
        for (var i = 0; i < count; i++) {
            records.add(record(bytes));
        }
        assertThat(bytes.isReadable()).isFalse();
        return new Reply(id, flags, records, length);
    }

    private static String record(ByteBuf bytes) {
        var name = DefaultDnsRecordDecoder.decodeName(bytes);
        var type = bytes.readUnsignedShort();
        bytes.skipBytes(6);
        var length = bytes.readUnsignedShort();
        var data = bytes.readSlice(length);
        var text =
                switch (type) {
                    case 1 -> data.readUnsignedByte() + "." + data.readUnsignedByte() + ".x.x";
                    case 5, 12 -> nameAt(bytes, data);
                    case 33 -> nameAt(bytes, data.skipBytes(6));
                    default -> length + " bytes";
                };
        return name + " " + type + " " + text;
    }

    /// Pointers count from the start of the message, so the name is read from the whole of it.
    private static String nameAt(ByteBuf message, ByteBuf data) {
        var end = message.readerIndex();
        message.readerIndex(end - data.readableBytes());
        var name = DefaultDnsRecordDecoder.decodeName(message);
        message.readerIndex(end);
        return name;
    }

    private Reply udp(byte[] message) throws IOException {
        try (var socket = new DatagramSocket()) {
            socket.setSoTimeout(200);
            var to = new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port());
            socket.send(new DatagramPacket(message, message.length, to));
            var packet = new DatagramPacket(new byte[65_535], 65_535);
            socket.receive(packet);
            return read(packet.getData(), packet.getLength());
        }
    }

    private Reply tcp(byte[] message) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var out = new DataOutputStream(socket.getOutputStream());
            out.writeShort(message.length);
            out.write(message);
            var in = new DataInputStream(socket.getInputStream());
            var length = in.readUnsignedShort();
            return read(in.readNBytes(length), length);
        }
    }

    @Test
    void answersAQuestionAndRepeatsItAsItWasAsked() throws Exception {
        var reply = udp(query("Web.default.SVC.cluster.local", 1, 1, 0));

        assertThat(reply.id()).isEqualTo(77);
        assertThat(reply.code()).isZero();
        assertThat(reply.authoritative()).isTrue();
        assertThat(reply.records())
                .containsExactly(
                        "? Web.default.SVC.cluster.local.",
                        "Web.default.SVC.cluster.local. 1 10.96.x.x");
    }

    @Test
    void carriesEveryTypeOfRecord() throws Exception {
        var reply = udp(query("all.default.svc.cluster.local", 255, 1, 0));

        assertThat(reply.records())
                .containsExactly(
                        "? all.default.svc.cluster.local.",
                        "all.default.svc.cluster.local. 28 16 bytes",
                        "all.default.svc.cluster.local. 33 web.default.svc.cluster.local.",
                        "7.0.96.10.in-addr.arpa. 12 all.default.svc.cluster.local.",
                        "dns-version.cluster.local. 16 6 bytes",
                        "cluster.local. 6 42 bytes");
    }

    @Test
    void followsACnameWithItsTarget() throws Exception {
        var reply = udp(query("ext.default.svc.cluster.local", 1, 1, 0));

        assertThat(reply.records())
                .endsWith(
                        "ext.default.svc.cluster.local. 5 www.example.com.",
                        "www.example.com. 1 192.0.x.x");
    }

    @Test
    void tellsANameThatIsNotThereFromATypeThatIsNotThere() throws Exception {
        assertThat(udp(query("nobody.cluster.local", 1, 1, 0)).code()).isEqualTo(3);
        assertThat(udp(query("web.default.svc.cluster.local", 28, 1, 0)).code()).isZero();
    }

    @Test
    void truncatesWhatDoesNotFitAndSendsItWholeOverTcp() throws Exception {
        var asked = query("many.default.svc.cluster.local", 1, 1, 0);

        var plain = udp(asked);
        assertThat(plain.truncated()).isTrue();
        assertThat(plain.length()).isBetween(490, 512);

        var larger = udp(query("many.default.svc.cluster.local", 1, 1, 4096));
        assertThat(larger.truncated()).isTrue();
        assertThat(larger.length()).isBetween(1200, 1232);
        assertThat(larger.records()).last().asString().startsWith(". 41");

        var whole = tcp(asked);
        assertThat(whole.truncated()).isFalse();
        assertThat(whole.records()).hasSize(201);
    }

    @Test
    void refusesSeveralQuestions() throws Exception {
        assertThat(udp(query("a.b", 1, 2, 0)).code()).isEqualTo(1);
        assertThat(udp(query("a.b", 1, 0, 0)).code()).isEqualTo(1);
    }

    @Test
    void aFaultIsAServerFailure() throws Exception {
        assertThat(udp(query("fault", 1, 1, 0)).code()).isEqualTo(2);
    }

    @Test
    void ignoresGarbageAndGoesOn() throws Exception {
        var response = query("web.default.svc.cluster.local", 1, 1, 0);
        response[2] |= (byte) 0x80;
        var loop = query("a", 1, 1, 0);
        loop[12] = (byte) 0xc0;
        loop[13] = 12;
        var shortened = java.util.Arrays.copyOf(query("web.default", 1, 1, 0), 15);
        for (var garbage : List.of(new byte[0], new byte[5], response, loop, shortened)) {
            assertThatThrownBy(() -> udp(garbage)).isInstanceOf(SocketTimeoutException.class);
        }

        assertThat(udp(query("web.default.svc.cluster.local", 1, 1, 0)).code()).isZero();
    }
}
