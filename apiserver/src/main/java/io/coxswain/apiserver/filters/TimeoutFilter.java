package io.coxswain.apiserver.filters;

import io.coxswain.apiserver.Call;
import io.coxswain.http.Response;

/// Refuses requests whose `timeout` is none. How long the others may take is kept by
/// [RequestPatience], where the answer can still be taken out of the handler's hands.
final class TimeoutFilter implements Filter {

    @Override
    public Response apply(Call call, Next next) {
        var timeout = call.query().first("timeout");
        if (timeout != null && !timeout.isEmpty() && !call.info().longRunning()) {
            RequestTimeout.parse(timeout);
        }
        return next.handle(call);
    }
}
