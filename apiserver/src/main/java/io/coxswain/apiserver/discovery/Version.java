package io.coxswain.apiserver.discovery;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.apiserver.BuildInfo;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.filters.Filter;
import io.coxswain.http.Payload;
import io.coxswain.http.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/// Serves `/version`.
public final class Version {

    private Version() {}

    public static Map<String, Filter.Next> paths() {
        return Map.of("/version", Discovery.readOnly(Version::serve));
    }

    private static Response serve(Call call) {
        var build = BuildInfo.CURRENT;
        var fields = new LinkedHashMap<String, Json>();
        fields.put("major", Json.of(BuildInfo.MAJOR));
        fields.put("minor", Json.of(BuildInfo.MINOR));
        fields.put("emulationMajor", Json.of(BuildInfo.MAJOR));
        fields.put("emulationMinor", Json.of(BuildInfo.MINOR));
        fields.put("minCompatibilityMajor", Json.of(BuildInfo.MAJOR));
        fields.put("minCompatibilityMinor", Json.of("35"));
        fields.put("gitVersion", Json.of(build.gitVersion()));
        fields.put("gitCommit", Json.of(build.gitCommit()));
        fields.put("gitTreeState", Json.of(build.gitTreeState()));
        fields.put("buildDate", Json.of(build.buildDate()));
        fields.put("goVersion", Json.of(build.goVersion()));
        fields.put("compiler", Json.of(build.compiler()));
        fields.put("platform", Json.of(build.platform()));
        return Response.of(
                200, "application/json", Payload.of(JsonWriter.pretty(new Json.Obj(fields), 2)));
    }
}
