package io.coxswain.apiserver;

import io.coxswain.apiserver.registry.RuntimeConfig;
import java.util.HashMap;
import java.util.Map;

/// What a server offers beyond, or short of, the standard.
///
/// @param versions of the API (`--runtime-config`)
/// @param gates features by name, on or off (`--feature-gates`); those not named are as usual
public record Serving(RuntimeConfig versions, Map<String, Boolean> gates) {

    public static final Serving DEFAULT = new Serving(RuntimeConfig.DEFAULT, Map.of());

    /// Reads both flags; throws [IllegalArgumentException] for what makes no sense.
    public static Serving parse(String runtimeConfig, String featureGates) {
        var gates = new HashMap<String, Boolean>();
        for (var part : featureGates.split(",")) {
            var gate = part.strip();
            if (gate.isEmpty()) {
                continue;
            }
            var equals = gate.indexOf('=');
            var value = gate.substring(equals + 1);
            if (equals < 0) {
                throw new IllegalArgumentException("missing bool value for " + gate);
            }
            if (!value.equals("true") && !value.equals("false")) {
                throw new IllegalArgumentException(
                        "invalid value of " + gate.replace("=", "=\"") + "\", err: invalid syntax");
            }
            gates.put(gate.substring(0, equals), value.equals("true"));
        }
        return new Serving(RuntimeConfig.parse(runtimeConfig), Map.copyOf(gates));
    }

    /// Whether a feature that is off by default is on.
    public boolean has(String gate) {
        return gates.getOrDefault(gate, false);
    }
}
