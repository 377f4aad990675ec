package io.coxswain.apiserver.discovery;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.ApiServerConfiguration;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.authentication.JwtAlgorithm;
import io.coxswain.apiserver.authentication.Tokens;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/// Lets others check service-account tokens: the issuer's OpenID configuration and its public keys.
public final class KeySet {

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
        var elsewhere = configuration.security().serviceAccounts().jwksUri();
        var fields = new LinkedHashMap<String, Json>();
        fields.put("issuer", Json.of(configuration.issuer()));
        fields.put(
                "jwks_uri",
                Json.of(
                        elsewhere.isEmpty()
                                ? "https://" + address + "/openid/v1/jwks"
                                : elsewhere));
        fields.put("response_types_supported", list("id_token"));
        fields.put("subject_types_supported", list("public"));
        var algorithms =
                tokens.publicKeys().values().stream()
                        .map(key -> JwtAlgorithm.of(key).name())
                        .distinct()
                        .sorted()
                        .<Json>map(Json::of)
                        .toList();
        fields.put("id_token_signing_alg_values_supported", Json.array(algorithms));
        return answer("application/json", fields);
    }

    private Response keys(Call call) {
        var all = new ArrayList<Json>();
        tokens.publicKeys().forEach((id, key) -> all.add(key(id, key)));
        var fields = new LinkedHashMap<String, Json>();
        fields.put("keys", Json.array(all));
        return answer("application/jwk-set+json", fields);
    }

    private static Json key(String id, PublicKey key) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("use", Json.of("sig"));
        fields.put("kty", Json.of(key.getAlgorithm()));
        fields.put("kid", Json.of(id));
        var algorithm = JwtAlgorithm.of(key);
        switch (key) {
            case ECPublicKey elliptic -> {
                var bits = elliptic.getParams().getCurve().getField().getFieldSize();
                fields.put("crv", Json.of("P-" + bits));
                fields.put("alg", Json.of(algorithm.name()));
                fields.put("x", number(elliptic.getW().getAffineX(), (bits + 7) / 8));
                fields.put("y", number(elliptic.getW().getAffineY(), (bits + 7) / 8));
            }
            case RSAPublicKey rsa -> {
                fields.put("alg", Json.of(algorithm.name()));
                fields.put("n", number(rsa.getModulus(), (rsa.getModulus().bitLength() + 7) / 8));
                var exponent = rsa.getPublicExponent();
                fields.put("e", number(exponent, (exponent.bitLength() + 7) / 8));
            }
            default -> throw new IllegalStateException(key.getAlgorithm());
        }
        return new Json.Obj(fields);
    }

    /// Without a sign, in so many bytes.
    private static Json number(BigInteger value, int width) {
        var bytes = value.toByteArray();
        var fixed = new byte[width];
        var length = Math.min(bytes.length, width);
        System.arraycopy(bytes, bytes.length - length, fixed, width - length, length);
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
