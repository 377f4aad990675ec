package io.coxswain.etcd;

import com.google.protobuf.ByteString;
import io.coxswain.etcd.rpc.RangeRequest;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.state.Root;
import io.coxswain.storage.state.Tree;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.HashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads everything below the prefix, page by page, as it was at one revision.
final class Loading {

    private static final Logger LOG = LoggerFactory.getLogger(Loading.class);
    private static final int PAGE = 2_000;
    private static final int ATTEMPTS = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// At most so many revisions are gone through again to know the recent past.
    private static final long PAST_REVISIONS = 20_000;

    private final Calls calls;
    private final Places places;
    private final Changes changes;
    private final long offset;

    Loading(Calls calls, Places places, Changes changes, long offset) {
        this.calls = calls;
        this.places = places;
        this.changes = changes;
        this.offset = offset;
    }

    /// The state of a little while ago where etcd still has it: what happened since then is heard
    /// again from the watch, so that whoever watched another server, or this one before it was
    /// started again, can go on where it was.
    Root past() {
        var now = calls.revision(PATIENCE);
        var start = Math.max(now - PAST_REVISIONS, compacted() + 1);
        while (start < now) {
            try {
                return at(Math.max(1, start));
            } catch (StoreException e) {
                if (!isCompacted(e)) {
                    throw e;
                }
                start += (now - start + 1) / 2; // Somebody has compacted without saying so.
            }
        }
        return present();
    }

    /// The state now.
    Root present() {
        for (var attempt = 1; ; attempt++) {
            try {
                return at(calls.revision(PATIENCE));
            } catch (StoreException e) {
                if (!isCompacted(e) || attempt == ATTEMPTS) {
                    throw e;
                }
                LOG.info("etcd was compacted while it was read; reading again");
            }
        }
    }

    private static boolean isCompacted(StoreException e) {
        return e.getCause() instanceof StatusRuntimeException cause && Failures.compacted(cause);
    }

    /// Up to where history was forgotten, as far as the servers have agreed on it.
    private long compacted() {
        var known = calls.get(Places.COMPACTED, PATIENCE);
        if (known == null) {
            return 0;
        }
        try {
            return Long.parseLong(known.getValue().toStringUtf8());
        } catch (NumberFormatException e) {
            return known.getModRevision();
        }
    }

    private Root at(long revision) {
        var trees = new HashMap<String, Tree>();
        var from = places.first();
        while (true) {
            var request =
                    RangeRequest.newBuilder()
                            .setKey(from)
                            .setRangeEnd(places.end())
                            .setLimit(PAGE)
                            .setRevision(revision)
                            .build();
            var page = calls.range(request, PATIENCE);
            for (var kv : page.getKvsList()) {
                var entry = changes.loaded(kv);
                if (entry != null) {
                    trees.merge(
                            entry.key().resource(),
                            Tree.EMPTY.put(entry),
                            (tree, ignored) -> tree.put(entry));
                }
            }
            if (!page.getMore()) {
                return new Root(revision + offset, trees);
            }
            var last = page.getKvs(page.getKvsCount() - 1).getKey();
            from = last.concat(ByteString.copyFrom(new byte[] {0}));
        }
    }
}
