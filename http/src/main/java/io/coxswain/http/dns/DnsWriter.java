package io.coxswain.http.dns;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes one reply, with names compressed and within a size limit.
///
/// A name is written as labels until a suffix that was written before, then as a pointer to it:
/// after `web.default.svc.cluster.local.` at 12, `api.default.svc.cluster.local.` is `3api` and a
/// pointer to 16.
final class DnsWriter {

    private static final int CLASS_IN = 1;
    private static final int TYPE_OPT = 41;
    private static final int OPT_BYTES = 11;
    private static final int POINTER = 0xc000;
    private static final int POINTER_MAX = 0x3fff;
    private static final int LABEL_BYTES_MAX = 63;
    private static final int FLAG_RESPONSE = 1 << 15;
    private static final int FLAG_AUTHORITATIVE = 1 << 10;
    private static final int FLAG_TRUNCATED = 1 << 9;
    private static final int FLAG_RECURSION_DESIRED = 1 << 8;
    private static final int FLAG_RECURSION_AVAILABLE = 1 << 7;

    private final ByteBuf target;
    private final int start;
    private final int end;
    private final Map<String, Integer> suffixes = new HashMap<>();

    private DnsWriter(ByteBuf target, int bytesMax) {
        this.target = target;
        this.start = target.writerIndex();
        this.end = start + bytesMax;
    }

    /// The parts of a query that its reply repeats.
    ///
    /// @param name as it was asked: clients check that even its case comes back
    /// @param edns whether the query had an OPT record, so that the reply has one
    record Echo(int id, int opcode, boolean recursion, String name, int type, boolean edns) {}

    static void write(ByteBuf target, Echo query, DnsReply reply, int bytesMax) {
        new DnsWriter(target, bytesMax - (query.edns() ? OPT_BYTES : 0)).write(query, reply);
    }

    /// The question alone.
    static void writeQuery(ByteBuf target, Echo query) {
        target.writeShort(query.id()).writeShort(FLAG_RECURSION_DESIRED);
        target.writeShort(1).writeShort(0).writeShort(0).writeShort(query.edns() ? 1 : 0);
        var writer = new DnsWriter(target, DnsServer.DATAGRAM_BYTES_MAX);
        writer.name(query.name());
        target.writeShort(query.type()).writeShort(CLASS_IN);
        if (query.edns()) {
            writer.option();
        }
    }

    private void write(Echo query, DnsReply reply) {
        var flags = FLAG_RESPONSE | query.opcode() << 11 | reply.code().number();
        flags |= reply.authoritative() ? FLAG_AUTHORITATIVE : 0;
        flags |= query.recursion() ? FLAG_RECURSION_DESIRED : 0;
        flags |= FLAG_RECURSION_AVAILABLE;
        target.writeShort(query.id()).writeShort(flags).writeZero(8);
        if (!query.name().isEmpty()) {
            name(query.name());
            target.writeShort(query.type()).writeShort(CLASS_IN);
            target.setShort(start + 4, 1);
        }
        var answers = records(reply.answers());
        var authority = answers == reply.answers().size() ? records(reply.authority()) : 0;
        var whole = answers == reply.answers().size() && authority == reply.authority().size();
        var additional = whole ? records(reply.additional()) : 0;
        if (!whole) {
            target.setShort(start + 2, flags | FLAG_TRUNCATED);
        }
        if (query.edns()) {
            option();
            additional++;
        }
        target.setShort(start + 6, answers);
        target.setShort(start + 8, authority);
        target.setShort(start + 10, additional);
    }

    /// EDNS: how long a datagram this side can take.
    private void option() {
        target.writeByte(0).writeShort(TYPE_OPT).writeShort(DnsServer.DATAGRAM_BYTES_MAX);
        target.writeInt(0).writeShort(0);
    }

    /// How many of them fit.
    private int records(List<DnsAnswer> records) {
        var written = 0;
        for (var record : records) {
            var before = target.writerIndex();
            record(record);
            if (target.writerIndex() > end) {
                target.writerIndex(before);
                suffixes.values().removeIf(offset -> offset >= before - start);
                return written;
            }
            written++;
        }
        return written;
    }

    private void record(DnsAnswer record) {
        name(record.name());
        target.writeShort(type(record)).writeShort(CLASS_IN).writeInt(record.ttl());
        var length = target.writerIndex();
        target.writeShort(0);
        data(record);
        target.setShort(length, target.writerIndex() - length - 2);
    }

    private static int type(DnsAnswer record) {
        return switch (record) {
            case DnsAnswer.A a -> DnsType.A.code();
            case DnsAnswer.Aaaa aaaa -> DnsType.AAAA.code();
            case DnsAnswer.Ns ns -> DnsType.NS.code();
            case DnsAnswer.Cname cname -> DnsType.CNAME.code();
            case DnsAnswer.Ptr ptr -> DnsType.PTR.code();
            case DnsAnswer.Srv srv -> DnsType.SRV.code();
            case DnsAnswer.Txt txt -> DnsType.TXT.code();
            case DnsAnswer.Soa soa -> DnsType.SOA.code();
            case DnsAnswer.Raw raw -> raw.type();
        };
    }

    private void data(DnsAnswer record) {
        switch (record) {
            case DnsAnswer.A a -> target.writeBytes(a.address().getAddress());
            case DnsAnswer.Aaaa aaaa -> target.writeBytes(aaaa.address().getAddress());
            case DnsAnswer.Ns ns -> name(ns.target());
            case DnsAnswer.Cname cname -> name(cname.target());
            case DnsAnswer.Ptr ptr -> name(ptr.target());
            case DnsAnswer.Srv srv -> {
                target.writeShort(srv.priority()).writeShort(srv.weight()).writeShort(srv.port());
                name(srv.target());
            }
            case DnsAnswer.Txt txt -> txt.texts().forEach(this::text);
            case DnsAnswer.Soa soa -> {
                name(soa.server());
                name(soa.mailbox());
                var times = soa.times();
                target.writeInt(times.serial()).writeInt(times.refresh()).writeInt(times.retry());
                target.writeInt(times.expire()).writeInt(times.minimum());
            }
            case DnsAnswer.Raw raw -> target.writeBytes(raw.data());
        }
    }

    private void text(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var length = Math.min(bytes.length, 255);
        target.writeByte(length).writeBytes(bytes, 0, length);
    }

    private void name(String name) {
        var rest = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        while (!rest.isEmpty()) {
            var key = rest.toLowerCase(Locale.ROOT);
            var known = suffixes.get(key);
            if (known != null) {
                target.writeShort(POINTER | known);
                return;
            }
            var offset = target.writerIndex() - start;
            if (offset <= POINTER_MAX) {
                suffixes.put(key, offset);
            }
            var dot = rest.indexOf('.');
            var label = (dot < 0 ? rest : rest.substring(0, dot)).getBytes(StandardCharsets.UTF_8);
            if (label.length == 0 || label.length > LABEL_BYTES_MAX) {
                throw new IllegalArgumentException("malformed name " + name);
            }
            target.writeByte(label.length).writeBytes(label);
            rest = dot < 0 ? "" : rest.substring(dot + 1);
        }
        target.writeByte(0);
    }
}
