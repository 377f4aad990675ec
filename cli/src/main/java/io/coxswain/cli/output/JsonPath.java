package io.coxswain.cli.output;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.cli.CliError;
import io.coxswain.cli.output.PathParser.Node;
import io.coxswain.cli.server.Trees;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A JSONPath template as kubectl knows them: text, and expressions in braces.
///
/// `{range .items[*]}{.metadata.name}{"\n"}{end}`. What is not there is empty.
public final class JsonPath {

    private final List<Node> nodes;

    private JsonPath(List<Node> nodes) {
        this.nodes = nodes;
    }

    /// A template; throws [CliError] for one that is malformed.
    public static JsonPath template(String text) {
        try {
            return new JsonPath(new PathParser(text).template());
        } catch (CliError e) {
            throw new CliError("error parsing jsonpath " + text + ", " + e.getMessage());
        }
    }

    /// One expression, whose braces and leading dot may be left out: `x`, `.x`, `{.x}`.
    public static JsonPath expression(String text) {
        var bare = text.strip();
        if (bare.startsWith("{") && bare.endsWith("}")) {
            bare = bare.substring(1, bare.length() - 1);
        }
        if (!bare.startsWith(".") && !bare.startsWith("[") && !bare.startsWith("$")) {
            bare = "." + bare;
        }
        return template("{" + bare + "}");
    }

    /// Fills the template in.
    public String text(Json root) {
        var text = new StringBuilder();
        print(nodes, root, root, text);
        return text.toString();
    }

    /// The values that the template's expressions find.
    public List<Json> values(Json root) {
        var found = new ArrayList<Json>();
        for (var node : nodes) {
            if (node instanceof Node.Path(var steps)) {
                found.addAll(Steps.walk(steps, root, root));
            }
        }
        return found;
    }

    private static void print(List<Node> nodes, Json root, Json at, StringBuilder out) {
        for (var node : nodes) {
            switch (node) {
                case Node.Text(var text) -> out.append(text);
                case Node.Path(var steps) ->
                        out.append(
                                Steps.walk(steps, root, at).stream()
                                        .map(JsonPath::shown)
                                        .collect(Collectors.joining(" ")));
                case Node.Range(var steps, var body) ->
                        Steps.walk(steps, root, at).forEach(item -> print(body, root, item, out));
            }
        }
    }

    /// Scalars as they are, anything else as JSON.
    public static String shown(Json value) {
        return switch (value) {
            case Json.Obj o -> new String(JsonWriter.canonical(o), StandardCharsets.UTF_8);
            case Json.Arr a -> new String(JsonWriter.canonical(a), StandardCharsets.UTF_8);
            case Json.Null n -> "";
            case Json.Str s -> s.value();
            case Json.Int i -> Trees.text(i);
            case Json.Real r -> Trees.text(r);
            case Json.Bool b -> Trees.text(b);
        };
    }
}
