package io.coxswain.http.dns;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.dns.DefaultDnsRecordDecoder;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads a reply. Names inside of records are written out, so that they can be sent on.
final class DnsReader {

    static final int HEADER_BYTES = 12;
    private static final int TYPE_OPT = 41;

    private final ByteBuf message;

    private DnsReader(ByteBuf message) {
        this.message = message;
    }

    /// Throws [IOException] for a malformed message.
    static DnsReply read(ByteBuf message) throws IOException {
        try {
            return new DnsReader(message.duplicate()).read();
        } catch (RuntimeException e) {
            throw new IOException("malformed DNS reply", e);
        }
    }

    /// Whether the message repeats the question.
    static boolean asks(ByteBuf message, DnsQuestion question) {
        try {
            var copy = message.duplicate().skipBytes(HEADER_BYTES);
            return message.getUnsignedShort(4) == 1
                    && DefaultDnsRecordDecoder.decodeName(copy).equalsIgnoreCase(question.name())
                    && copy.readUnsignedShort() == question.typeCode();
        } catch (RuntimeException e) {
            return false;
        }
    }

    private DnsReply read() throws UnknownHostException {
        message.skipBytes(2);
        var flags = message.readUnsignedShort();
        var questions = message.readUnsignedShort();
        var answers = message.readUnsignedShort();
        var authority = message.readUnsignedShort();
        var additional = message.readUnsignedShort();
        for (var i = 0; i < questions; i++) {
            name();
            message.skipBytes(4);
        }
        return new DnsReply(
                code(flags & 0xf),
                false,
                records(answers),
                records(authority),
                records(additional));
    }

    private static DnsReply.Code code(int number) {
        for (var code : DnsReply.Code.values()) {
            if (code.number() == number) {
                return code;
            }
        }
        return DnsReply.Code.SERVER_FAILURE;
    }

    private List<DnsAnswer> records(int count) throws UnknownHostException {
        var records = new ArrayList<DnsAnswer>();
        for (var i = 0; i < count; i++) {
            var record = record();
            if (record != null) {
                records.add(record);
            }
        }
        return List.copyOf(records);
    }

    /// Null for what concerns only two neighbours.
    private @Nullable DnsAnswer record() throws UnknownHostException {
        var name = name();
        var type = message.readUnsignedShort();
        message.skipBytes(2);
        var ttl = (int) Math.min(message.readUnsignedInt(), Integer.MAX_VALUE);
        var end = message.readUnsignedShort() + message.readerIndex();
        var record = type == TYPE_OPT ? null : data(name, type, ttl, end);
        message.readerIndex(end);
        return record;
    }

    private DnsAnswer data(String name, int type, int ttl, int end) throws UnknownHostException {
        return switch (DnsType.of(type)) {
            case A -> new DnsAnswer.A(name, ttl, (Inet4Address) address(4));
            case AAAA -> new DnsAnswer.Aaaa(name, ttl, (Inet6Address) address(16));
            case NS -> new DnsAnswer.Ns(name, ttl, name());
            case CNAME -> new DnsAnswer.Cname(name, ttl, name());
            case PTR -> new DnsAnswer.Ptr(name, ttl, name());
            case SRV ->
                    new DnsAnswer.Srv(
                            name,
                            ttl,
                            message.readUnsignedShort(),
                            message.readUnsignedShort(),
                            message.readUnsignedShort(),
                            name());
            case SOA -> new DnsAnswer.Soa(name, ttl, name(), name(), times());
            case TXT -> new DnsAnswer.Txt(name, ttl, texts(end));
            case MX -> new DnsAnswer.Raw(name, ttl, type, exchange());
            case ANY, OTHER -> new DnsAnswer.Raw(name, ttl, type, bytes(end));
        };
    }

    private String name() {
        return DefaultDnsRecordDecoder.decodeName(message);
    }

    private InetAddress address(int length) throws UnknownHostException {
        var bytes = new byte[length];
        message.readBytes(bytes);
        return InetAddress.getByAddress(bytes);
    }

    private DnsAnswer.Soa.Times times() {
        return new DnsAnswer.Soa.Times(
                message.readInt(),
                message.readInt(),
                message.readInt(),
                message.readInt(),
                message.readInt());
    }

    private List<String> texts(int end) {
        var texts = new ArrayList<String>();
        while (message.readerIndex() < end) {
            var length = message.readUnsignedByte();
            texts.add(message.readCharSequence(length, StandardCharsets.UTF_8).toString());
        }
        return List.copyOf(texts);
    }

    /// A preference and a name, which may be a pointer here.
    private byte[] exchange() {
        var data = Unpooled.buffer(64).writeShort(message.readUnsignedShort());
        for (var label : name().split("\\.")) {
            var bytes = label.getBytes(StandardCharsets.UTF_8);
            data.writeByte(bytes.length).writeBytes(bytes);
        }
        return ByteBufUtil.getBytes(data.writeByte(0));
    }

    private byte[] bytes(int end) {
        var bytes = new byte[end - message.readerIndex()];
        message.readBytes(bytes);
        return bytes;
    }
}
