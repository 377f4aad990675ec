package io.coxswain.apiserver;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.meta.Status;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;

/// Answers with a `Status`.
public final class Statuses {

    private Statuses() {}

    public static Response response(Status status) {
        var headers = Headers.of("content-type", "application/json");
        var details = status.details();
        if (details != null && details.retryAfterSeconds() > 0) {
            headers = headers.with("retry-after", Integer.toString(details.retryAfterSeconds()));
        }
        return new Response.Full(
                status.code(), headers, Payload.lazy(() -> RecordWriter.write(status), status));
    }
}
