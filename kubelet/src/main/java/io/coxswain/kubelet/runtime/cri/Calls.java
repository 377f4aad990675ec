package io.coxswain.kubelet.runtime.cri;

import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import io.coxswain.kubelet.runtime.ContainerRuntimeException.Reason;
import io.grpc.StatusRuntimeException;
import java.util.function.Supplier;

/// Makes a call and turns gRPC's failure into ours.
final class Calls {

    private Calls() {}

    static <T> T ask(Supplier<T> call) {
        try {
            return call.get();
        } catch (StatusRuntimeException e) {
            throw Failures.of(e);
        }
    }

    /// The same where the thing being gone already is what the caller wants.
    static <T> void askGone(Supplier<T> call) {
        try {
            ask(call);
        } catch (ContainerRuntimeException e) {
            if (!e.is(Reason.NOT_FOUND)) {
                throw e;
            }
        }
    }
}
