package io.coxswain.apiserver.filters;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.meta.Status;
import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.RequestInfo;
import io.coxswain.http.Patience;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import io.coxswain.http.Response;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives every request that is no watch or stream as long as it asks for, but no longer than `most`.
public record RequestPatience(Duration most) implements Patience {

    private static final Status LATE =
            Errors.of(
                            504,
                            "Timeout",
                            "Timeout: request did not complete within the allotted timeout",
                            new StatusDetails("", "", "", "", List.of(), 0))
                    .status();

    @Override
    public @Nullable Duration with(Request request) {
        if (RequestInfo.of(request).longRunning()) {
            return null;
        }
        var asked = request.query().first("timeout");
        if (asked == null || asked.isEmpty()) {
            return most;
        }
        try {
            var timeout = RequestTimeout.parse(asked);
            return timeout.isPositive() && timeout.compareTo(most) < 0 ? timeout : most;
        } catch (ApiError refused) {
            return most; // The handler says so.
        }
    }

    @Override
    public Response.Full late() {
        return Response.of(504, "application/json", Payload.of(RecordWriter.write(LATE)));
    }
}
