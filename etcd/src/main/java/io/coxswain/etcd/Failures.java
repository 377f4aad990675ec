package io.coxswain.etcd;

import io.coxswain.storage.StoreException;
import io.coxswain.storage.StoreRefusedException;
import io.coxswain.storage.StoreTimeoutException;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/// What the failure of a call means.
final class Failures {

    private Failures() {}

    /// Whether the same call may succeed a little later, perhaps at another member. It may have had
    /// its effect as well.
    static boolean passing(StatusRuntimeException failure) {
        return switch (failure.getStatus().getCode()) {
            case UNAVAILABLE, DEADLINE_EXCEEDED, CANCELLED, ABORTED -> true;
            case RESOURCE_EXHAUSTED -> says(failure, "too many requests");
            case UNKNOWN -> says(failure, "etcdserver: ") || says(failure, "raft: ");
            case OK,
                    INVALID_ARGUMENT,
                    NOT_FOUND,
                    ALREADY_EXISTS,
                    PERMISSION_DENIED,
                    FAILED_PRECONDITION,
                    OUT_OF_RANGE,
                    UNIMPLEMENTED,
                    INTERNAL,
                    DATA_LOSS,
                    UNAUTHENTICATED ->
                    false;
        };
    }

    /// Whether history no longer reaches back as far as was asked.
    static boolean compacted(StatusRuntimeException failure) {
        return failure.getStatus().getCode() == Status.Code.OUT_OF_RANGE
                && says(failure, "compacted");
    }

    /// Whether a lease that was to be used has ended.
    static boolean leaseGone(StatusRuntimeException failure) {
        return failure.getStatus().getCode() == Status.Code.NOT_FOUND
                && says(failure, "lease not found");
    }

    static StoreException sort(StatusRuntimeException failure) {
        var status = failure.getStatus();
        var said = status.getDescription();
        return switch (status.getCode()) {
            case DEADLINE_EXCEEDED, CANCELLED ->
                    new StoreTimeoutException("etcd did not answer in time", failure);
            default ->
                    new StoreRefusedException(
                            said != null && said.startsWith("etcdserver: ")
                                    ? said
                                    : "etcdserver: " + status.getCode() + ": " + said,
                            failure);
        };
    }

    private static boolean says(StatusRuntimeException failure, String words) {
        var said = failure.getStatus().getDescription();
        return said != null && said.contains(words);
    }
}
