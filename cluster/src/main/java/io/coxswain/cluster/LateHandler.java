package io.coxswain.cluster;

import io.coxswain.http.Handler;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import org.jspecify.annotations.Nullable;

/// A handler that is told later who answers; until then it says 503.
final class LateHandler implements Handler {

    private volatile @Nullable Handler target;

    void set(Handler handler) {
        target = handler;
    }

    @Override
    public Response handle(Request request) {
        var handler = target;
        return handler == null ? Response.text(503, "starting\n") : handler.handle(request);
    }
}
