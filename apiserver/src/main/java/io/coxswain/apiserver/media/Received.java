package io.coxswain.apiserver.media;

import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.proto.Envelope;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.http.Payload;
import java.nio.charset.StandardCharsets;

/// Reads the bodies of requests by their `Content-Type`.
public final class Received {

    private Received() {}

    /// The type of the body; JSON when it has none, UnsupportedMediaType when it is not known.
    public static MediaType type(Call call) {
        var bare = MediaType.bare(call.request().header("content-type"));
        var type = bare.isEmpty() ? MediaType.JSON : MediaType.named(bare);
        if (type == null) {
            throw Errors.unsupportedMediaType(MediaType.names());
        }
        return type;
    }

    /// A body that is no stored kind: options, reviews, bindings. Throws BadRequest with the
    /// reader's text for what cannot be read.
    public static <T> T record(Call call, Class<T> record) {
        var body = call.request().body();
        if (record.isInstance(body.source())) {
            return record.cast(body.source());
        }
        try {
            return switch (type(call)) {
                case JSON -> RecordReader.read(record, body.bytes());
                case YAML -> RecordReader.read(record, JsonWriter.write(yaml(body)));
                case PROTOBUF -> Envelope.open(body.bytes()).read(record);
            };
        } catch (DecodeError e) {
            throw Errors.badRequest(e.getMessage());
        }
    }

    /// The first document of a YAML text.
    public static Json yaml(Payload body) {
        var documents = Yaml.readAll(new String(body.bytes(), StandardCharsets.UTF_8));
        return documents.isEmpty() ? Json.NULL : documents.getFirst();
    }
}
