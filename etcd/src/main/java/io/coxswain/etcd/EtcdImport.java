package io.coxswain.etcd;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.coxswain.base.Clock;
import io.coxswain.etcd.rpc.RangeRequest;
import io.coxswain.etcd.rpc.TxnRequest;
import io.coxswain.storage.Draft;
import io.coxswain.storage.Entry;
import io.coxswain.storage.Layout;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.state.Root;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Fills an empty prefix of an etcd cluster with the state of another store.
///
/// Resource versions go on far behind those of the old store: how much etcd's own revisions are
/// behind is kept beside the objects, and every server adds it.
public final class EtcdImport {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WRITES_AT_ONCE = 100;
    private static final int BYTES_AT_ONCE = 512 << 10;

    private final Members members;
    private final Calls calls;
    private final Places places;
    private final Layout layout;
    private final Leases leases;
    private TxnRequest.Builder batch = TxnRequest.newBuilder();
    private int bytes;

    private EtcdImport(EtcdOptions options, Layout layout, Members members, Clock clock) {
        this.members = members;
        this.calls = new Calls(members);
        this.places = new Places(options.prefix(), layout);
        this.layout = layout;
        this.leases = new Leases(calls, clock);
    }

    /// Where an import is to begin to count, and what it brings.
    ///
    /// @param after no later write gets this resource version or an earlier one
    /// @param lifetime how long each object still lives; null for ever
    public record Content(Root root, long after, Function<Entry, @Nullable Duration> lifetime) {}

    /// Returns the resource version from which the store goes on. Throws [StoreException] when
    /// there is something below the prefix already.
    public static long run(EtcdOptions options, Layout layout, Content content, Clock clock) {
        try (var members = Members.of(options, clock)) {
            return new EtcdImport(options, layout, members, clock).run(content);
        }
    }

    private long run(Content content) {
        var any =
                RangeRequest.newBuilder()
                        .setKey(places.first())
                        .setRangeEnd(places.end())
                        .setCountOnly(true)
                        .build();
        var found = calls.range(any, PATIENCE);
        if (found.getCount() > 0) {
            throw new StoreException(
                    places.first().toStringUtf8()
                            + " in etcd is not empty: it has "
                            + found.getCount()
                            + " keys");
        }
        var offset = Math.max(0, content.after() - found.getHeader().getRevision());
        if (offset > 0) {
            var text = ByteString.copyFromUtf8(Long.toString(offset));
            calls.put(places.offset(), text, PATIENCE);
        }
        for (var tree : content.root().trees().values()) {
            for (var entries = tree.from("", ""); entries.hasNext(); ) {
                var entry = entries.next();
                add(entry, content.lifetime().apply(entry));
            }
        }
        send();
        return calls.revision(PATIENCE) + offset;
    }

    private void add(Entry entry, @Nullable Duration left) {
        var value = layout.value(entry.key(), Draft.of(entry));
        var lease = left == null ? 0 : leases.lease(left);
        var place = places.of(entry.key());
        batch.addSuccess(Calls.put(place, UnsafeByteOperations.unsafeWrap(value), lease));
        bytes += value.length;
        if (batch.getSuccessCount() >= WRITES_AT_ONCE || bytes >= BYTES_AT_ONCE) {
            send();
        }
    }

    private void send() {
        var request = batch.build();
        if (request.getSuccessCount() > 0) {
            members.call(
                    PATIENCE,
                    member ->
                            member.keys()
                                    .withDeadlineAfter(
                                            Members.callMillis(PATIENCE), TimeUnit.MILLISECONDS)
                                    .txn(request));
        }
        batch = TxnRequest.newBuilder();
        bytes = 0;
    }
}
