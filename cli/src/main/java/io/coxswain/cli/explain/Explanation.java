package io.coxswain.cli.explain;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.server.ResourceType;
import io.coxswain.cli.server.Trees;
import java.io.PrintStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The text of `explain` about a kind or one of its fields.
public final class Explanation {

    private static final int WIDTH = 76;
    private static final int ENUM_SHOWN = 4;

    private final OpenApiSchemas schemas;
    private final PrintStream out;

    public Explanation(OpenApiSchemas schemas, PrintStream out) {
        this.schemas = schemas;
        this.out = out;
    }

    /// @param path from the kind down to the field; empty for the kind itself
    public void print(ResourceType type, Json.Obj kind, List<String> path, boolean recursive) {
        if (!type.group().isEmpty()) {
            out.println("GROUP:      " + type.group());
        }
        out.println("KIND:       " + type.kind());
        out.println("VERSION:    " + type.version() + "\n");
        var schema = kind;
        for (var name : path) {
            schema = below(schema, name);
        }
        if (!path.isEmpty()) {
            out.println("FIELD: " + path.getLast() + " <" + schemas.typeName(schema) + ">");
            enumOf(schema);
            out.println();
        }
        out.println("DESCRIPTION:");
        wrapped(schemas.fullDescription(schema));
        out.println("    ");
        var fields = schemas.properties(schema);
        if (fields.fields().isEmpty()) {
            out.println();
            return;
        }
        out.println("FIELDS:");
        if (recursive) {
            var seen = new HashSet<>(Set.of(schemas.referenced(schema)));
            tree(schema, 1, seen);
        } else {
            list(schema);
        }
        out.println();
    }

    private Json.Obj below(Json.Obj schema, String name) {
        Json.@Nullable Obj field = schemas.field(schema, name);
        if (field == null) {
            throw new CliError("field \"" + name + "\" does not exist");
        }
        return field;
    }

    private void enumOf(Json.Obj schema) {
        var values = Trees.texts(schema, "enum");
        if (values.isEmpty()) {
            out.println();
            return;
        }
        out.println("ENUM:");
        values.forEach(value -> out.println("    " + value));
    }

    private void list(Json.Obj schema) {
        var required = schemas.required(schema);
        new TreeMap<>(schemas.properties(schema).fields())
                .forEach((name, value) -> {
                    var field = Trees.object(value);
                    line(field, name, required.contains(name), "  ");
                    wrapped(schemas.description(field));
                    out.println();
                });
    }

    /// @param seen the kinds on the way here, which are not gone into again
    private void tree(Json.Obj schema, int level, Set<String> seen) {
        var required = schemas.required(schema);
        new TreeMap<>(schemas.properties(schema).fields())
                .forEach((name, value) -> {
                    var field = Trees.object(value);
                    line(field, name, required.contains(name), "  ".repeat(level));
                    var kind = schemas.referenced(field);
                    if (kind.isEmpty() || seen.add(kind)) {
                        tree(field, level + 1, seen);
                        seen.remove(kind);
                    }
                });
    }

    private void line(Json.Obj field, String name, boolean required, String indent) {
        var mark = required ? " -required-" : "";
        out.println(indent + name + "\t<" + schemas.typeName(field) + ">" + mark);
        var values =
                Trees.texts(field, "enum").stream()
                        .map(value -> value.isEmpty() ? "\"\"" : value)
                        .toList();
        if (!values.isEmpty()) {
            var shown = values.subList(0, Math.min(ENUM_SHOWN, values.size()));
            var more = values.size() > ENUM_SHOWN ? ", ...." : "";
            out.println(indent + "enum: " + String.join(", ", shown) + more);
        }
    }

    /// Lines of at most [#WIDTH] characters, indented.
    private void wrapped(String text) {
        for (var paragraph : (text.isEmpty() ? "<no description>" : text).split("\n", -1)) {
            var line = new StringBuilder();
            for (var word : paragraph.split(" ")) {
                if (!line.isEmpty() && line.length() + 1 + word.length() > WIDTH) {
                    out.println("    " + line);
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            out.println("    " + line);
        }
    }
}
