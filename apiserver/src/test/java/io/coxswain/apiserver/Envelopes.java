package io.coxswain.apiserver;

import io.coxswain.api.meta.Status.ListMeta;
import io.coxswain.api.proto.Envelope;
import io.coxswain.api.proto.ProtoReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes lists in protobuf apart: `{metadata=1 items=2}`.
final class Envelopes {

    private Envelopes() {}

    static <T> List<T> items(Envelope list, Class<T> type) {
        return parts(list, 2).stream().map(part -> ProtoReader.read(type, part)).toList();
    }

    static ListMeta listMeta(Envelope list) {
        return ProtoReader.read(ListMeta.class, parts(list, 1).getFirst());
    }

    private static List<byte[]> parts(Envelope list, int number) {
        var found = new ArrayList<byte[]>();
        var bytes = list.bytes();
        var at = list.from();
        while (at < list.to()) {
            var tag = bytes[at++];
            var length = 0;
            for (var shift = 0; ; shift += 7) {
                var next = bytes[at++];
                length |= (next & 127) << shift;
                if (next >= 0) {
                    break;
                }
            }
            if (tag >> 3 == number) {
                found.add(Arrays.copyOfRange(bytes, at, at + length));
            }
            at += length;
        }
        return found;
    }
}
