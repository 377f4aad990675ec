package io.coxswain.apiserver.openapi;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.Yaml;
import io.coxswain.api.schema.RecordType.Component;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What `kubectl explain` says about types and fields: the sentences in `docs/<group>.yaml` on the
/// class path, by type and field, with the type's own under `about` and another type to look at
/// under `like`. What means the same wherever it stands is in `docs/common.yaml`. Where there is
/// none, a field is described by its name in words: `minReadySeconds` → "Min Ready Seconds.".
final class Descriptions {

    private static final String COMMON = "common";
    private static final String ROOT = "io.coxswain.api.";
    private static final Map<String, Json.Obj> BY_GROUP = new ConcurrentHashMap<>();

    private Descriptions() {}

    static String of(Class<?> type) {
        return written(type, "about", type.getSimpleName());
    }

    static String of(Class<?> type, Component component) {
        return written(type, component.json(), component.name());
    }

    /// A field that every type has, such as `apiVersion`.
    static String common(String field) {
        return texts(COMMON).text(field);
    }

    private static String written(Class<?> type, String field, String name) {
        var group = group(type);
        var own = text(group, type.getSimpleName(), field);
        var text = own.isEmpty() && !field.equals("about") ? common(field) : own;
        return text.isEmpty() ? words(name) + "." : text;
    }

    private static String text(String group, String type, String field) {
        var about = texts(group).object(type);
        var own = about.text(field);
        var like = about.text("like");
        return own.isEmpty() && !like.isEmpty() ? text(group, like, field) : own;
    }

    /// Early versions have the texts of the final one.
    private static String group(Class<?> type) {
        var group = type.getPackageName().substring(ROOT.length());
        var early = group.indexOf(".v1beta");
        return early < 0 ? group : group.substring(0, early);
    }

    private static Json.Obj texts(String group) {
        return BY_GROUP.computeIfAbsent(group, Descriptions::read);
    }

    private static Json.Obj read(String group) {
        try (var in = Descriptions.class.getResourceAsStream("/docs/" + group + ".yaml")) {
            if (in == null) {
                return Json.EMPTY;
            }
            var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Yaml.read(text) instanceof Json.Obj texts ? texts : Json.EMPTY;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String words(String name) {
        var spaced =
                name.replaceAll("([a-z0-9])([A-Z])", "$1 $2")
                        .replaceAll("([A-Z]+)([A-Z][a-z])", "$1 $2")
                        .replace("_", "");
        return spaced.substring(0, 1).toUpperCase(Locale.ROOT) + spaced.substring(1);
    }
}
