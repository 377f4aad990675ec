package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Shows any object field by field.
final class FieldDescriber {

    private static final Set<String> HIDDEN =
            Set.of("managedFields", "name", "namespace", "labels", "annotations");

    private static final Set<String> ACRONYMS = Set.of("API", "URL", "UID", "OSB", "GUID");

    private FieldDescriber() {}

    static void describe(Target target, Sheet sheet, Related related) {
        var object = target.object();
        sheet.head(object, target.type().namespaced());
        sheet.marks(object);
        for (var field : new TreeMap<>(object.fields()).entrySet()) {
            var name = field.getKey();
            if (name.equals("metadata")) {
                sheet.line(0, "Metadata:");
                object.object("metadata").fields().entrySet().stream()
                        .filter(f -> !HIDDEN.contains(f.getKey()))
                        .sorted(Map.Entry.comparingByKey())
                        .forEach(f -> field(1, f.getKey(), f.getValue(), sheet));
            } else {
                field(0, name, field.getValue(), sheet);
            }
        }
    }

    private static void field(int level, String name, Json value, Sheet sheet) {
        var title = title(name);
        switch (value) {
            case Json.Obj(var fields) -> {
                sheet.line(level, title + ":");
                new TreeMap<>(fields).forEach((n, v) -> field(level + 1, n, v, sheet));
            }
            case Json.Arr(var items) -> {
                sheet.line(level, title + ":");
                items.forEach(item -> item(level + 1, item, sheet));
            }
            case Json.Null n -> sheet.line(level, title + ":\t<nil>");
            case Json.Str s -> sheet.line(level, title + ":\t" + s.value());
            case Json.Int i -> sheet.line(level, title + ":\t" + i.value());
            case Json.Real r -> sheet.line(level, title + ":\t" + Trees.text(r));
            case Json.Bool b -> sheet.line(level, title + ":\t" + b.value());
        }
    }

    private static void item(int level, Json item, Sheet sheet) {
        if (item instanceof Json.Obj(var fields)) {
            new TreeMap<>(fields).forEach((n, v) -> field(level, n, v, sheet));
        } else {
            sheet.line(level, Trees.text(item));
        }
    }

    /// `replicaCount` is `Replica Count`.
    static String title(String name) {
        if (name.contains(".") || name.contains("/") || name.contains(":")) {
            return name;
        }
        var title = new StringBuilder();
        for (var word : name.split("(?<=[a-z0-9])(?=[A-Z])")) {
            var capital = word.toUpperCase(Locale.ROOT);
            title.append(title.isEmpty() ? "" : " ");
            title.append(
                    ACRONYMS.contains(capital)
                            ? capital
                            : capital.substring(0, Math.min(1, capital.length()))
                                    + word.substring(Math.min(1, word.length())));
        }
        return title.toString();
    }
}
