package io.coxswain.etcd;

import com.google.protobuf.ByteString;
import io.coxswain.etcd.rpc.Compare;
import io.coxswain.etcd.rpc.DeleteRangeRequest;
import io.coxswain.etcd.rpc.KeyValue;
import io.coxswain.etcd.rpc.LeaseGrantRequest;
import io.coxswain.etcd.rpc.PutRequest;
import io.coxswain.etcd.rpc.RangeRequest;
import io.coxswain.etcd.rpc.RangeResponse;
import io.coxswain.etcd.rpc.RequestOp;
import io.coxswain.etcd.rpc.StatusRequest;
import io.coxswain.etcd.rpc.TxnRequest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The questions that are asked of etcd, each until it is answered or `patience` is over.
final class Calls {

    private final Members members;

    Calls(Members members) {
        this.members = members;
    }

    RangeResponse range(RangeRequest request, Duration patience) {
        return members.call(
                patience,
                member ->
                        member.keys()
                                .withDeadlineAfter(
                                        Members.callMillis(patience), TimeUnit.MILLISECONDS)
                                .range(request));
    }

    @Nullable KeyValue get(ByteString key, Duration patience) {
        var answer = range(RangeRequest.newBuilder().setKey(key).build(), patience);
        return answer.getKvsCount() == 0 ? null : answer.getKvs(0);
    }

    /// etcd's revision now, confirmed by a majority.
    long revision(Duration patience) {
        var nothing = RangeRequest.newBuilder().setKey(Places.COMPACTED).setKeysOnly(true).build();
        return range(nothing, patience).getHeader().getRevision();
    }

    /// Writes regardless of what is there. Returns the revision.
    long put(ByteString key, ByteString value, Duration patience) {
        var request = PutRequest.newBuilder().setKey(key).setValue(value).build();
        return members.call(
                patience,
                member ->
                        member.keys()
                                .withDeadlineAfter(
                                        Members.callMillis(patience), TimeUnit.MILLISECONDS)
                                .put(request)
                                .getHeader()
                                .getRevision());
    }

    /// Grants a lease. One whose answer is lost ends by itself.
    long lease(Duration ttl, Duration patience) {
        var request = LeaseGrantRequest.newBuilder().setTTL(ttl.toSeconds()).build();
        return members.call(
                patience,
                member ->
                        member.leases()
                                .withDeadlineAfter(
                                        Members.callMillis(patience), TimeUnit.MILLISECONDS)
                                .leaseGrant(request)
                                .getID());
    }

    /// What the member in use is: `3.4.23`.
    String version(Duration patience) {
        return members.call(
                patience,
                member ->
                        member.maintenance()
                                .withDeadlineAfter(
                                        Members.callMillis(patience), TimeUnit.MILLISECONDS)
                                .status(StatusRequest.getDefaultInstance())
                                .getVersion());
    }

    /// Does `action` when `key` was last changed at `expected`, and otherwise reads it.
    static TxnRequest.Builder ifUnchanged(ByteString key, long expected, RequestOp action) {
        return TxnRequest.newBuilder()
                .addCompare(unchanged(key, expected))
                .addSuccess(action)
                .addFailure(read(key));
    }

    static Compare.Builder unchanged(ByteString key, long expected) {
        return Compare.newBuilder()
                .setKey(key)
                .setTarget(Compare.CompareTarget.MOD)
                .setResult(Compare.CompareResult.EQUAL)
                .setModRevision(expected);
    }

    static RequestOp read(ByteString key) {
        var read = RangeRequest.newBuilder().setKey(key);
        return RequestOp.newBuilder().setRequestRange(read).build();
    }

    static RequestOp put(ByteString key, ByteString value, long lease) {
        var put = PutRequest.newBuilder().setKey(key).setValue(value).setLease(lease);
        return RequestOp.newBuilder().setRequestPut(put).build();
    }

    static RequestOp delete(ByteString key) {
        var delete = DeleteRangeRequest.newBuilder().setKey(key);
        return RequestOp.newBuilder().setRequestDeleteRange(delete).build();
    }
}
