package io.coxswain.apiserver.registry;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/// Which versions of the API are served: `--runtime-config`. Those that are general available are,
/// those in alpha and beta are not, unless a setting says so.
///
/// A setting is the more important the more it names: one resource, one version, a stage
/// (`api/beta`), everything (`api/all`).
///
/// @param settings by name, such as `apps/v1` or `networking.k8s.io/v1beta1/ipaddresses`
public record RuntimeConfig(Map<String, Boolean> settings) {

    public static final RuntimeConfig DEFAULT = new RuntimeConfig(Map.of());

    /// Reads `name=true,other=false`; throws [IllegalArgumentException] for what makes no sense.
    public static RuntimeConfig parse(String flag) {
        var settings = new LinkedHashMap<String, Boolean>();
        for (var part : flag.split(",")) {
            var setting = part.strip();
            if (!setting.isEmpty()) {
                var equals = setting.indexOf('=');
                var name = equals < 0 ? setting : setting.substring(0, equals);
                var value = equals < 0 ? "" : setting.substring(equals + 1);
                settings.put(checked(name), truth(name, value));
            }
        }
        if (settings.size() == 1 && Boolean.FALSE.equals(settings.get("api/all"))) {
            throw new IllegalArgumentException("invalid key with only api/all=false");
        }
        return new RuntimeConfig(Map.copyOf(settings));
    }

    private static String checked(String name) {
        var parts = name.split("/", -1);
        var core = parts.length == 1 && name.matches("v[0-9].*");
        if (name.equals("api/legacy") || parts.length > 3 || (parts.length == 1 && !core)) {
            throw new IllegalArgumentException("runtime-config invalid key " + name);
        }
        return name.equals("api/v1") ? "v1" : name;
    }

    private static boolean truth(String name, String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "", "true", "1", "t" -> true;
            case "false", "0", "f" -> false;
            default ->
                    throw new IllegalArgumentException(
                            "invalid value of " + name + ": " + value + ", err: invalid syntax");
        };
    }

    /// Refuses settings about groups that do not exist.
    void check(java.util.Set<String> groups) {
        var unknown = new TreeSet<String>();
        for (var name : settings.keySet()) {
            var slash = name.indexOf('/');
            var group = slash < 0 ? "" : name.substring(0, slash);
            if (!group.equals("api") && !groups.contains(group)) {
                unknown.add(group);
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException("unknown api groups " + String.join(",", unknown));
        }
    }

    /// Whether this resource is served in this version.
    public boolean serves(String group, String version, String plural) {
        var apiVersion = group.isEmpty() ? version : group + "/" + version;
        var resource = settings.get(apiVersion + "/" + plural);
        return resource == null ? serves(apiVersion, version) : resource;
    }

    private boolean serves(String apiVersion, String version) {
        var named = settings.get(apiVersion);
        if (named != null) {
            return named;
        }
        var stage = stage(version);
        var ofStage = settings.get("api/" + stage);
        if (ofStage != null) {
            return ofStage;
        }
        var all = settings.get("api/all");
        return all == null ? stage.equals("ga") : all;
    }

    private static String stage(String version) {
        if (version.contains("alpha")) {
            return "alpha";
        }
        return version.contains("beta") ? "beta" : "ga";
    }
}
