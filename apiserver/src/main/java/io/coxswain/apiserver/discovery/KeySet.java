package io.coxswain.apiserver.discovery;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.ApiServerConfiguration;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.authentication.Tokens;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.math.BigInteger;
import java.security.interfaces.ECPublicKey;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Lets others check service-account tokens: the issuer's OpenID configuration and its public keys.
public final class KeySet {

    private static final int COORDINATE_BYTES = 32;

    private final Tokens tokens;
    private final ApiServerConfiguration configuration;

    public KeySet(Tokens tokens, ApiServerConfiguration configuration) {
        this.tokens = tokens;
        this.configuration = configuration;
    }

    public Map<String, Filter.Next> paths() {
        return Map.of(
                "/.well-known/openid-configuration",
                this::discovery,
                "/openid/v1/jwks",
                this::keys);
    }

    private Response discovery(Call call) {
        var address = configuration.advertiseAddress() + ":" + configuration.port();
        var fields = new LinkedHashMap<String, Json>();
        fields.put("issuer", Json.of(configuration.issuer()));
        fields.put("jwks_uri", Json.of("https://" + address + "/openid/v1/jwks"));
        fields.put("response_types_supported", list("id_token"));
        fields.put("subject_types_supported", list("public"));
        fields.put("id_token_signing_alg_values_supported", list("ES256"));
        return answer("application/json", fields);
    }

    private Response keys(Call call) {
        var point = ((ECPublicKey) tokens.publicKey()).getW();
        var key = new LinkedHashMap<String, Json>();
        key.put("use", Json.of("sig"));
        key.put("kty", Json.of("EC"));
        key.put("kid", Json.of(tokens.keyId()));
        key.put("crv", Json.of("P-256"));
        key.put("alg", Json.of("ES256"));
        key.put("x", coordinate(point.getAffineX()));
        key.put("y", coordinate(point.getAffineY()));
        var fields = new LinkedHashMap<String, Json>();
        fields.put("keys", Json.array(List.of(new Json.Obj(key))));
        return answer("application/jwk-set+json", fields);
    }

    private static Json coordinate(BigInteger value) {
        var bytes = value.toByteArray();
        var fixed = new byte[COORDINATE_BYTES];
        var length = Math.min(bytes.length, COORDINATE_BYTES);
        System.arraycopy(bytes, bytes.length - length, fixed, COORDINATE_BYTES - length, length);
        return Json.of(Base64.getUrlEncoder().withoutPadding().encodeToString(fixed));
    }

    private static Json list(String value) {
        return Json.array(List.of(Json.of(value)));
    }

    private static Response answer(String type, SequencedMap<String, Json> fields) {
        return Response.of(200, type, Payload.of(JsonWriter.write(new Json.Obj(fields))))
                .withHeaders(headers -> headers.with("cache-control", "public, max-age=3600"));
    }
}
