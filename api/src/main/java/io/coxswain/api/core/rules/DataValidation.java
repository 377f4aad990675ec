package io.coxswain.api.core.rules;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Secret;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of ConfigMaps and Secrets: keys, size, and that immutable means immutable.
public final class DataValidation {

    private static final int BYTES_MAX = 1024 * 1024;
    private static final String SEALED = "field is immutable when `immutable` is set";

    /// The keys that Secrets of the well-known types must have.
    private static final Map<String, List<String>> REQUIRED_KEYS =
            Map.of(
                    "kubernetes.io/dockercfg", List.of(".dockercfg"),
                    "kubernetes.io/dockerconfigjson", List.of(".dockerconfigjson"),
                    "kubernetes.io/ssh-auth", List.of("ssh-privatekey"),
                    "kubernetes.io/tls", List.of("tls.crt", "tls.key"));

    private DataValidation() {}

    public static void configMap(ConfigMap map, FieldErrors errors) {
        var size = 0L;
        for (var entry : map.data().entrySet()) {
            var key = entry.getKey();
            errors.at("data").key(key).invalid(key, Names.configKey(key));
            if (map.binaryData().containsKey(key)) {
                errors.at("data").key(key).invalid(key, "duplicate of key present in binaryData");
            }
            size += bytes(entry.getValue());
        }
        for (var entry : map.binaryData().entrySet()) {
            var key = entry.getKey();
            errors.at("binaryData").key(key).invalid(key, Names.configKey(key));
            size += entry.getValue().length;
        }
        if (size > BYTES_MAX) {
            errors.at("[]").tooLong(BYTES_MAX); // The name of no field, as upstream writes it.
        }
    }

    public static void configMapUpdate(ConfigMap old, ConfigMap updated, FieldErrors errors) {
        if (!Boolean.TRUE.equals(old.immutable())) {
            return;
        }
        sealed(updated.immutable(), errors);
        if (!old.data().equals(updated.data())) {
            errors.at("data").forbidden(SEALED);
        }
        if (!same(old.binaryData(), updated.binaryData())) {
            errors.at("binaryData").forbidden(SEALED);
        }
    }

    /// What was given as text joins what was given as bytes.
    public static Secret secretDefaults(Secret secret) {
        var edit = Edit.of(secret);
        if (secret.type().isEmpty()) {
            edit.set(Secret::type, "Opaque");
        }
        if (!secret.stringData().isEmpty()) {
            var data = new LinkedHashMap<>(secret.data());
            secret.stringData()
                    .forEach((key, text) -> data.put(key, text.getBytes(StandardCharsets.UTF_8)));
            edit.set(Secret::data, data).set(Secret::stringData, Map.of());
        }
        return edit.done();
    }

    public static void secret(Secret secret, FieldErrors errors) {
        var size = 0L;
        for (var entry : secret.data().entrySet()) {
            var key = entry.getKey();
            errors.at("data").key(key).invalid(key, Names.configKey(key));
            size += entry.getValue().length;
        }
        if (size > BYTES_MAX) {
            errors.at("data").tooLong(BYTES_MAX);
        }
        if (secret.type().equals("kubernetes.io/service-account-token")
                && secret.metadata()
                        .annotations()
                        .getOrDefault("kubernetes.io/service-account.name", "")
                        .isEmpty()) {
            errors.at("metadata")
                    .at("annotations")
                    .key("kubernetes.io/service-account.name")
                    .required("");
        }
        if (secret.type().equals("kubernetes.io/basic-auth")
                && !secret.data().containsKey("username")
                && !secret.data().containsKey("password")) {
            errors.at("data[username]").required("");
            errors.at("data[password]").required("");
        }
        for (var key : REQUIRED_KEYS.getOrDefault(secret.type(), List.of())) {
            requiredKey(secret, key, errors.at("data").key(key));
        }
    }

    public static void secretUpdate(Secret old, Secret updated, FieldErrors errors) {
        if (!old.type().equals(updated.type())) {
            errors.at("type").invalid(updated.type(), "field is immutable");
        }
        if (!Boolean.TRUE.equals(old.immutable())) {
            return;
        }
        sealed(updated.immutable(), errors);
        if (!same(old.data(), updated.data())) {
            errors.at("data").forbidden(SEALED);
        }
    }

    private static void requiredKey(Secret secret, String key, FieldErrors errors) {
        var value = secret.data().get(key);
        if (value == null) {
            errors.required("");
        } else if (key.startsWith(".docker")
                && !new String(value, StandardCharsets.UTF_8).strip().startsWith("{")) {
            errors.invalid("<secret contents redacted>", "invalid character");
        }
    }

    private static void sealed(@Nullable Boolean updated, FieldErrors errors) {
        if (!Boolean.TRUE.equals(updated)) {
            errors.at("immutable").forbidden(SEALED);
        }
    }

    private static boolean same(Map<String, byte[]> a, Map<String, byte[]> b) {
        return a.keySet().equals(b.keySet())
                && a.keySet().stream().allMatch(key -> Arrays.equals(a.get(key), b.get(key)));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
