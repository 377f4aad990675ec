package io.coxswain.api.codec;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.GoText;
import io.coxswain.api.json.JsonTokens;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;

/// What a text says it is: its kind and version, each `""` when missing.
public record TypeMeta(String apiVersion, String kind) {

    private static final String GO_TYPE =
            "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\";"
                    + " Kind string \"json:\\\"kind,omitempty\\\"\" }";

    /// Reads only the two fields; throws [DecodeError] as upstream words it.
    public static TypeMeta of(byte[] json) {
        try (var parser = JsonTokens.open(json)) {
            var token = parser.nextToken();
            if (token == null) {
                throw new DecodeError("unexpected end of JSON input");
            }
            if (token == JsonToken.VALUE_NULL) {
                return new TypeMeta("", "");
            }
            if (token != JsonToken.START_OBJECT) {
                throw RecordReader.mismatch(token, GO_TYPE);
            }
            var apiVersion = "";
            var kind = "";
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                token = parser.nextToken();
                if (!name.equals("kind") && !name.equals("apiVersion")) {
                    parser.skipChildren();
                } else if (token != JsonToken.VALUE_STRING && token != JsonToken.VALUE_NULL) {
                    throw RecordReader.mismatch(token, "string").under("", name);
                } else if (token == JsonToken.VALUE_STRING) {
                    apiVersion = name.equals("kind") ? apiVersion : parser.getString();
                    kind = name.equals("kind") ? parser.getString() : kind;
                }
            }
            return new TypeMeta(apiVersion, kind);
        } catch (JacksonException e) {
            throw failed(JsonTokens.refused(json, e).getMessage());
        } catch (Mismatch e) {
            throw failed(GoText.syntaxOr(json, e.text()));
        } catch (DecodeError e) {
            throw failed(e.getMessage());
        }
    }

    private static DecodeError failed(String why) {
        return new DecodeError("couldn't get version/kind; json parse error: " + why);
    }
}
