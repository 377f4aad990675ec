package io.coxswain.apiserver.verbs;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.storage.Key;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/// Where a paged list goes on: the revision of its first page and the last key that was sent.
/// The token has upstream's form (`apiserver/pkg/storage/continue.go`), opaque to clients.
record Continue(long revision, Key last) {

    String token() {
        var start =
                last.namespace().isEmpty()
                        ? last.name() + "\0"
                        : last.namespace() + "/" + last.name() + "\0";
        var json =
                Json.object(
                        Map.of(
                                "v", Json.of("meta.k8s.io/v1"),
                                "rv", Json.of(revision),
                                "start", Json.of(start)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonWriter.write(json));
    }

    /// Reads a token; throws BadRequest for one this server did not make.
    static Continue parse(String token, Served<?> kind) {
        try {
            var bytes = Base64.getUrlDecoder().decode(token.getBytes(StandardCharsets.US_ASCII));
            if (JsonReader.read(bytes) instanceof Json.Obj json
                    && json.text("v").equals("meta.k8s.io/v1")
                    && json.get("rv") instanceof Json.Int(var revision)
                    && json.text("start").endsWith("\0")) {
                var start = json.text("start");
                var parts = start.substring(0, start.length() - 1).split("/", 2);
                return parts.length == 1
                        ? new Continue(revision, kind.key("", parts[0]))
                        : new Continue(revision, kind.key(parts[0], parts[1]));
            }
        } catch (IllegalArgumentException | ApiError | DecodeError e) {
            throw invalid();
        }
        throw invalid();
    }

    Key after(Served<?> kind) {
        return kind.key(last.namespace(), last.name());
    }

    private static ApiError invalid() {
        return Errors.badRequest("invalid continue token: continue key is not valid");
    }
}
