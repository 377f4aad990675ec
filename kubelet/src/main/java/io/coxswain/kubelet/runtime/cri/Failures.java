package io.coxswain.kubelet.runtime.cri;

import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import io.coxswain.kubelet.runtime.ContainerRuntimeException.Reason;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/// Sorts what a runtime reports into reasons. Where the runtime gives no code of its own
/// (containerd reports much as `UNKNOWN`), its words decide.
final class Failures {

    private Failures() {}

    static ContainerRuntimeException of(StatusRuntimeException failure) {
        return sorted(reason(failure.getStatus()), failure);
    }

    /// The same for a pull, where everything not understood is the registry's or the network's
    /// doing.
    static ContainerRuntimeException ofPull(StatusRuntimeException failure) {
        var reason = reason(failure.getStatus());
        if (refused(text(failure))) {
            return sorted(Reason.UNAUTHORIZED, failure);
        }
        return sorted(reason == Reason.FAILED ? Reason.IMAGE_PULL : reason, failure);
    }

    private static ContainerRuntimeException sorted(Reason reason, StatusRuntimeException failure) {
        return new ContainerRuntimeException(reason, text(failure), failure);
    }

    private static String text(StatusRuntimeException failure) {
        var description = failure.getStatus().getDescription();
        return description == null ? failure.getStatus().getCode().toString() : description;
    }

    private static Reason reason(Status status) {
        return switch (status.getCode()) {
            case NOT_FOUND -> Reason.NOT_FOUND;
            case ALREADY_EXISTS -> Reason.ALREADY_EXISTS;
            case UNAVAILABLE, CANCELLED, ABORTED -> Reason.UNAVAILABLE;
            case DEADLINE_EXCEEDED -> Reason.DEADLINE;
            case INVALID_ARGUMENT, OUT_OF_RANGE -> Reason.INVALID;
            case FAILED_PRECONDITION -> Reason.WRONG_STATE;
            case UNAUTHENTICATED, PERMISSION_DENIED -> Reason.UNAUTHORIZED;
            case UNIMPLEMENTED -> Reason.UNIMPLEMENTED;
            case OK, UNKNOWN, INTERNAL, DATA_LOSS, RESOURCE_EXHAUSTED ->
                    reason(status.getDescription() == null ? "" : status.getDescription());
        };
    }

    private static Reason reason(String words) {
        if (words.contains("is reserved for")) {
            return Reason.ALREADY_EXISTS;
        }
        if (words.contains("is in CONTAINER_") || words.contains("is not running")) {
            return Reason.WRONG_STATE;
        }
        if (words.contains("context deadline exceeded")) {
            return Reason.DEADLINE;
        }
        return words.endsWith("not found") ? Reason.NOT_FOUND : Reason.FAILED;
    }

    private static boolean refused(String words) {
        return words.contains("401 Unauthorized")
                || words.contains("403 Forbidden")
                || words.contains("authorization failed")
                || words.contains("pull access denied");
    }
}
