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
/// class path, by type and field, with the type's own under `about`. Where there is none, a field
/// is described by its name in words: `minReadySeconds` → "Min Ready Seconds.".
final class Descriptions {

    private static final String ROOT = "io.coxswain.api.";
    private static final Map<String, Json.Obj> BY_GROUP = new ConcurrentHashMap<>();

    private Descriptions() {}

    static String of(Class<?> type) {
        return written(type, "about", type.getSimpleName());
    }

    static String of(Class<?> type, Component component) {
        return written(type, component.json(), component.name());
    }

    private static String written(Class<?> type, String field, String name) {
        var text = texts(type).object(type.getSimpleName()).text(field);
        return text.isEmpty() ? words(name) + "." : text;
    }

    private static Json.Obj texts(Class<?> type) {
        var group = type.getPackageName().substring(ROOT.length());
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
