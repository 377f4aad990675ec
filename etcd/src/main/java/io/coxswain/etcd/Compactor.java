package io.coxswain.etcd;

import com.google.protobuf.ByteString;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.etcd.rpc.CompactionRequest;
import io.coxswain.etcd.rpc.Compare;
import io.coxswain.etcd.rpc.RangeRequest;
import io.coxswain.etcd.rpc.RequestOp;
import io.coxswain.etcd.rpc.TxnRequest;
import io.coxswain.storage.StoreException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has etcd forget what is older than a while. Of all the servers, upstream's included, the one
/// that first counts the shared key up does it; the others learn from the key that it was done.
final class Compactor implements Loop {

    private static final Logger LOG = LoggerFactory.getLogger(Compactor.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Members members;
    private final Duration every;
    private final Clock clock;

    /// How often the key was changed, and etcd's revision, when this one looked last.
    private long turn;

    private long revision;

    Compactor(Members members, Duration every, Clock clock) {
        this.members = members;
        this.every = every;
        this.clock = clock;
    }

    @Override
    public Next runOnce() {
        try {
            round();
        } catch (StoreException e) {
            LOG.warn("etcd was not compacted: {}", e.getMessage());
        }
        return Next.in(clock, every);
    }

    private void round() {
        var request = countUp();
        var response =
                members.call(
                        PATIENCE,
                        member ->
                                member.keys()
                                        .withDeadlineAfter(
                                                Members.callMillis(PATIENCE), TimeUnit.MILLISECONDS)
                                        .txn(request));
        var now = response.getHeader().getRevision();
        if (!response.getSucceeded()) {
            var found = response.getResponses(0).getResponseRange();
            turn = found.getKvsCount() == 0 ? 0 : found.getKvs(0).getVersion();
            revision = now;
            return;
        }
        turn++;
        var old = revision;
        revision = now;
        if (old == 0) {
            return; // Nothing is known to be that old yet.
        }
        try {
            members.call(
                    PATIENCE,
                    member ->
                            member.keys()
                                    .withDeadlineAfter(
                                            Members.callMillis(PATIENCE), TimeUnit.MILLISECONDS)
                                    .compact(
                                            CompactionRequest.newBuilder()
                                                    .setRevision(old)
                                                    .build()));
            LOG.debug("etcd was compacted up to revision {}", old);
        } catch (StoreException e) {
            LOG.debug("etcd had been compacted beyond revision {}: {}", old, e.getMessage());
        }
    }

    private TxnRequest countUp() {
        var unchanged =
                Compare.newBuilder()
                        .setKey(Places.COMPACTED)
                        .setTarget(Compare.CompareTarget.VERSION)
                        .setResult(Compare.CompareResult.EQUAL)
                        .setVersion(turn);
        var value = ByteString.copyFromUtf8(Long.toString(revision));
        var read = RangeRequest.newBuilder().setKey(Places.COMPACTED);
        return TxnRequest.newBuilder()
                .addCompare(unchanged)
                .addSuccess(Calls.put(Places.COMPACTED, value, 0))
                .addFailure(RequestOp.newBuilder().setRequestRange(read))
                .build();
    }
}
