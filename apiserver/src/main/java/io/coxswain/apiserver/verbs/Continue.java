package io.coxswain.apiserver.verbs;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.registry.Served;
import io.coxswain.storage.Key;
import java.util.Base64;
import java.util.Map;

/// Where a paged list goes on: the revision of its first page and the last key that was sent.
/// The token has upstream's form (`apiserver/pkg/storage/continue.go`), opaque to clients.
///
/// @param revision [#LATEST] to go on in whatever there is by then
record Continue(long revision, Key last) {

    /// The first page's revision is gone: the rest comes from the latest.
    static final long LATEST = -1;

    private static final String VERSION = "meta.k8s.io/v1";

    String token() {
        var start =
                last.namespace().isEmpty()
                        ? last.name() + "\0"
                        : last.namespace() + "/" + last.name() + "\0";
        var json =
                Json.object(
                        Map.of(
                                "v", Json.of(VERSION),
                                "rv", Json.of(revision),
                                "start", Json.of(start)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(JsonWriter.write(json));
    }

    /// Reads a token; throws BadRequest for one this server did not make.
    static Continue parse(String token, Served<?> kind) {
        Json read;
        try {
            read = JsonReader.read(Base64.getUrlDecoder().decode(token.getBytes(US_ASCII)));
        } catch (IllegalArgumentException e) {
            throw invalid(": illegal base64 data at input byte " + firstIllegal(token));
        } catch (ApiError | DecodeError e) {
            throw invalid(": " + e.getMessage());
        }
        if (!(read instanceof Json.Obj json)) {
            throw invalid("");
        }
        if (!json.text("v").equals(VERSION)) {
            throw invalid(
                    ": server does not recognize this encoded version \"" + json.text("v") + "\"");
        }
        var revision = json.get("rv") instanceof Json.Int(var number) ? number : 0;
        if (revision == 0) {
            throw invalid(": incorrect encoded start resourceVersion (version " + VERSION + ")");
        }
        var start = json.text("start");
        if (start.isEmpty()) {
            throw invalid(": encoded start key empty (version " + VERSION + ")");
        }
        return new Continue(revision, key(start, kind));
    }

    private static Key key(String start, Served<?> kind) {
        var end = start.endsWith("\0") ? start.length() - 1 : start.length();
        var parts = start.substring(0, end).split("/", 2);
        return parts.length == 1 ? kind.key("", parts[0]) : kind.key(parts[0], parts[1]);
    }

    private static int firstIllegal(String token) {
        for (var i = 0; i < token.length(); i++) {
            var c = token.charAt(i);
            var known = c == '-' || c == '_' || (c < 128 && Character.isLetterOrDigit(c));
            if (!known) {
                return i;
            }
        }
        return token.length() - 1;
    }

    Key after(Served<?> kind) {
        return kind.key(last.namespace(), last.name());
    }

    private static ApiError invalid(String why) {
        return Errors.badRequest("invalid continue token: continue key is not valid" + why);
    }
}
