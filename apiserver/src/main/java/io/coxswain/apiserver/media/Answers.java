package io.coxswain.apiserver.media;

import io.coxswain.api.codec.Problems;
import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.codec.TypeMeta;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.meta.Status;
import io.coxswain.api.proto.Envelope;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.Call;
import io.coxswain.http.Headers;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.nio.charset.StandardCharsets;

/// Writes answers that are no stored objects, in the media type the client accepts.
public final class Answers {

    public static final TypeMeta STATUS = new TypeMeta("v1", "Status");

    private Answers() {}

    /// An object of a kind: a review, a scale.
    public static Response of(Call call, int code, Record answer) {
        return of(call, code, answer, Envelope.typeOf(answer.getClass()));
    }

    /// Says only that something was done.
    public static Response success(Call call, int code) {
        var status =
                Edit.of(Status.class)
                        .set(Status::kind, "Status")
                        .set(Status::apiVersion, "v1")
                        .set(Status::status, "Success")
                        .set(Status::code, code)
                        .done();
        return status(call, code, status);
    }

    public static Response status(Call call, int code, Status status) {
        return of(call, code, status, STATUS);
    }

    private static Response of(Call call, int code, Record answer, TypeMeta type) {
        return shown(Negotiation.plain(call), code, answer, type);
    }

    /// An answer in the way that was negotiated before.
    public static Response shown(Negotiation wanted, int code, Record answer, TypeMeta type) {
        return new Response.Full(code, headers(wanted), payload(wanted, answer, type));
    }

    /// An error. A client that accepts nothing of what there is gets JSON all the same.
    public static Response error(Call call, Status status) {
        var wanted = Negotiation.lenient(call);
        var shown = wanted == null ? new Negotiation(MediaType.JSON, "", "", true) : wanted;
        var headers = headers(shown);
        var details = status.details();
        if (details != null && details.retryAfterSeconds() > 0) {
            headers = headers.with("retry-after", Integer.toString(details.retryAfterSeconds()));
        }
        return new Response.Full(status.code(), headers, payload(shown, status, STATUS));
    }

    /// A document that is made as a tree and names its own kind, which is that of `record`.
    public static Response document(Call call, Json.Obj tree, Class<? extends Record> record) {
        var wanted = Negotiation.plain(call);
        if (wanted.mediaType() != MediaType.PROTOBUF) {
            return Response.of(200, wanted.mediaType().toString(), Payload.of(text(wanted, tree)));
        }
        var type = new TypeMeta(tree.text("apiVersion"), tree.text("kind"));
        var message = RecordReader.fromTree(record, tree, new Problems());
        return Response.of(
                200, wanted.mediaType().toString(), Payload.of(Envelope.of(message, type)));
    }

    /// A tree as JSON or YAML.
    public static byte[] text(Negotiation wanted, Json tree) {
        return switch (wanted.mediaType()) {
            case YAML -> Yaml.write(tree).getBytes(StandardCharsets.UTF_8);
            case JSON ->
                    wanted.pretty()
                            ? (JsonWriter.pretty(tree, 2) + "\n").getBytes(StandardCharsets.UTF_8)
                            : JsonWriter.write(tree);
            case PROTOBUF -> throw new IllegalArgumentException("a tree has no message");
        };
    }

    private static Headers headers(Negotiation wanted) {
        return Headers.of("content-type", wanted.mediaType().toString());
    }

    private static Payload payload(Negotiation wanted, Record answer, TypeMeta type) {
        return Payload.lazy(() -> bytes(wanted, answer, type), answer);
    }

    private static byte[] bytes(Negotiation wanted, Record answer, TypeMeta type) {
        if (wanted.mediaType() == MediaType.PROTOBUF) {
            return Envelope.of(answer, type);
        }
        return wanted.mediaType() == MediaType.JSON && !wanted.pretty()
                ? RecordWriter.write(answer)
                : text(wanted, RecordWriter.toTree(answer));
    }
}
