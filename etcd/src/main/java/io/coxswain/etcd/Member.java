package io.coxswain.etcd;

import io.coxswain.etcd.rpc.KVGrpc;
import io.coxswain.etcd.rpc.LeaseGrpc;
import io.coxswain.etcd.rpc.MaintenanceGrpc;
import io.coxswain.etcd.rpc.WatchGrpc;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import java.net.URI;

/// One member of the etcd cluster, and the connections to it: watches have one of their own, so
/// that a burst of events does not delay answers.
record Member(URI server, ManagedChannel calls, ManagedChannel streams) {

    /// Asks a member that has lost its leader to say so instead of waiting.
    private static final Metadata.Key<String> HAS_LEADER =
            Metadata.Key.of("hasleader", Metadata.ASCII_STRING_MARSHALLER);

    KVGrpc.KVBlockingStub keys() {
        return KVGrpc.newBlockingStub(calls);
    }

    LeaseGrpc.LeaseBlockingStub leases() {
        return LeaseGrpc.newBlockingStub(calls);
    }

    MaintenanceGrpc.MaintenanceBlockingStub maintenance() {
        return MaintenanceGrpc.newBlockingStub(calls);
    }

    WatchGrpc.WatchStub watches() {
        return WatchGrpc.newStub(requiringLeader(streams));
    }

    void close() {
        calls.shutdownNow();
        streams.shutdownNow();
    }

    private static Channel requiringLeader(Channel channel) {
        var headers = new Metadata();
        headers.put(HAS_LEADER, "true");
        return ClientInterceptors.intercept(
                channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    }
}
