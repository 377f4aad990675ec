package io.coxswain.apiserver.discovery;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/// Serves `/healthz`, `/livez`, `/readyz` and `/version`.
public final class Health {

    /// The version of Kubernetes whose behaviour this server has.
    public static final String KUBERNETES_VERSION = "v1.36.0";

    private final Map<String, BooleanSupplier> checks;

    /// @param checks by the names that `?verbose` shows, in order
    public Health(Map<String, BooleanSupplier> checks) {
        this.checks = checks;
    }

    public Map<String, Filter.Next> paths() {
        return Map.of(
                "/healthz", this::health,
                "/livez", this::health,
                "/readyz", this::health,
                "/healthz/", this::one,
                "/livez/", this::one,
                "/readyz/", this::one,
                "/version", this::version);
    }

    private Response health(Call call) {
        var excluded = call.query().all("exclude");
        var text = new StringBuilder();
        var failed = false;
        for (var check : checks.entrySet()) {
            if (excluded.contains(check.getKey())) {
                text.append("[+]").append(check.getKey()).append(" excluded: ok\n");
                continue;
            }
            var good = check.getValue().getAsBoolean();
            failed |= !good;
            text.append(good ? "[+]" : "[-]")
                    .append(check.getKey())
                    .append(good ? " ok\n" : " failed: reason withheld\n");
        }
        var name = call.info().path().substring(1);
        if (failed) {
            return Response.text(500, text + name + " check failed\n");
        }
        return Response.text(
                200,
                call.query().first("verbose") == null ? "ok" : text + name + " check passed\n");
    }

    private Response one(Call call) {
        var path = call.info().path();
        var check = checks.get(path.substring(path.indexOf('/', 1) + 1));
        if (check == null) {
            return Response.text(404, "404 page not found\n");
        }
        return check.getAsBoolean() ? Response.text(200, "ok") : Response.text(500, "failed");
    }

    private Response version(Call call) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("major", Json.of("1"));
        fields.put("minor", Json.of("36"));
        fields.put("emulationMajor", Json.of("1"));
        fields.put("emulationMinor", Json.of("36"));
        fields.put("minCompatibilityMajor", Json.of("1"));
        fields.put("minCompatibilityMinor", Json.of("35"));
        fields.put("gitVersion", Json.of(KUBERNETES_VERSION + "+coxswain"));
        fields.put("gitCommit", Json.of(""));
        fields.put("gitTreeState", Json.of("clean"));
        fields.put("buildDate", Json.of("2026-01-01T00:00:00Z"));
        fields.put("goVersion", Json.of("none"));
        fields.put("compiler", Json.of("javac"));
        fields.put("platform", Json.of("linux/amd64"));
        return Response.of(
                200, "application/json", Payload.of(JsonWriter.pretty(new Json.Obj(fields), 2)));
    }
}
