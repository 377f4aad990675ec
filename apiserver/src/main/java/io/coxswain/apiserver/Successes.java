package io.coxswain.apiserver;

import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.meta.Status;
import io.coxswain.api.schema.Edit;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;

/// Answers with a `Status` that says only that something was done.
public final class Successes {

    private Successes() {}

    public static Response created() {
        return of(201);
    }

    public static Response of(int code) {
        var status =
                Edit.of(Status.class)
                        .set(Status::kind, "Status")
                        .set(Status::apiVersion, "v1")
                        .set(Status::status, "Success")
                        .set(Status::code, code)
                        .done();
        return Response.of(
                code, "application/json", Payload.lazy(() -> RecordWriter.write(status), status));
    }
}
