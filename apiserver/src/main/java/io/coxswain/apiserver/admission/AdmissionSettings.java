package io.coxswain.apiserver.admission;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// Which admission plugins run beside or instead of the usual ones, and how they are set up.
///
/// @param enabled names of plugins that are off by default
/// @param disabled names of plugins that are on by default
/// @param configuration what `--admission-control-config-file` says, by plugin
public record AdmissionSettings(
        List<String> enabled, List<String> disabled, Map<String, Json.Obj> configuration) {

    public static final AdmissionSettings DEFAULT =
            new AdmissionSettings(List.of(), List.of(), Map.of());

    /// Throws [IllegalArgumentException] for a plugin that does not exist or a file that cannot be
    /// used.
    ///
    /// @param file of the kind AdmissionConfiguration; empty for none
    public static AdmissionSettings of(List<String> enabled, List<String> disabled, String file) {
        var both = new TreeSet<>(enabled);
        both.retainAll(disabled);
        if (!both.isEmpty()) {
            throw new IllegalArgumentException(
                    "["
                            + String.join(" ", both)
                            + "] in enable-admission-plugins and disable-admission-plugins"
                            + " overlapped");
        }
        check("enable-admission-plugins", enabled);
        check("disable-admission-plugins", disabled);
        return new AdmissionSettings(
                List.copyOf(enabled),
                List.copyOf(disabled),
                file.isEmpty() ? Map.of() : read(Path.of(file)));
    }

    private static void check(String flag, List<String> names) {
        for (var name : names) {
            if (!AdmissionPlugins.NAMES.contains(name)) {
                throw new IllegalArgumentException(flag + " plugin \"" + name + "\" is unknown");
            }
        }
    }

    boolean runs(String name, boolean byDefault) {
        return byDefault ? !disabled.contains(name) : enabled.contains(name);
    }

    Json.Obj of(String name) {
        return configuration.getOrDefault(name, Json.EMPTY);
    }

    private static Map<String, Json.Obj> read(Path file) {
        var tree = tree(file);
        if (!tree.text("kind").equals("AdmissionConfiguration")) {
            throw new IllegalArgumentException(
                    "failed to read plugin config: no kind \""
                            + tree.text("kind")
                            + "\" is registered for version \""
                            + tree.text("apiVersion")
                            + "\"");
        }
        var all = new HashMap<String, Json.Obj>();
        for (var item : tree.items("plugins")) {
            if (!(item instanceof Json.Obj plugin)) {
                continue;
            }
            var path = plugin.text("path");
            var directory = file.toAbsolutePath().getParent();
            all.put(
                    plugin.text("name"),
                    path.isEmpty() || directory == null
                            ? plugin.object("configuration")
                            : tree(directory.resolve(path)));
        }
        return Map.copyOf(all);
    }

    private static Json.Obj tree(Path file) {
        try {
            return Yaml.read(Files.readString(file)) instanceof Json.Obj object
                    ? object
                    : Json.EMPTY;
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "failed to read plugin config: unable to read admission control configuration"
                            + " from \""
                            + file
                            + "\" ["
                            + e
                            + "]",
                    e);
        } catch (DecodeError e) {
            throw new IllegalArgumentException(
                    "failed to read plugin config: " + file + ": " + e.getMessage(), e);
        }
    }
}
