package io.coxswain.api.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import tools.jackson.core.JacksonException;

/// YAML as Kubernetes clients read and write it (`sigs.k8s.io/yaml`).
public final class Yaml {

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setCodePointLimit(Integer.MAX_VALUE).build();

    /// The parser's complaints in go-yaml's words, by how they begin.
    private static final Map<String, String> WORDS =
            Map.ofEntries(
                    Map.entry("expected the node content", "did not find expected node content"),
                    Map.entry("expected ',' or ']'", "did not find expected ',' or ']'"),
                    Map.entry("expected ',' or '}'", "did not find expected ',' or '}'"),
                    Map.entry(
                            "expected '<document start>'",
                            "did not find expected <document start>"),
                    Map.entry(
                            "mapping values are not allowed here",
                            "mapping values are not allowed in this context"),
                    Map.entry("found character", "found character that cannot start any token"),
                    Map.entry("found unknown escape", "found unknown escape character"),
                    Map.entry("found duplicate anchor", "found duplicate anchor"));

    private Yaml() {}

    /// All documents of a text, empty ones left out; of a repeated key the last one counts.
    /// Throws [DecodeError] such as `yaml: line 3: did not find expected key`.
    public static List<Json> readAll(String text) {
        return readAll(text, duplicate -> {});
    }

    /// The same, telling repeated keys: `line 5: key "a" already set in map`.
    public static List<Json> readAll(String text, Consumer<String> duplicates) {
        if (text.stripLeading().startsWith("{")) {
            var documents = jsonStream(text);
            if (!documents.isEmpty()) {
                return documents;
            }
        }
        try {
            var events = new Parse(SETTINGS).parseString(text);
            return new YamlReader(duplicates).read(events);
        } catch (MarkedYamlEngineException e) {
            throw new DecodeError("yaml: " + where(e) + words(e));
        } catch (NumberFormatException e) {
            // The scanner's own, at an escape such as \x without digits.
            throw new DecodeError("yaml: did not find expected hexdecimal number");
        } catch (YamlEngineException e) {
            throw new DecodeError("yaml: control characters are not allowed");
        }
    }

    /// The first document, or null when there is none.
    public static Json read(String text) {
        var documents = readAll(text);
        return documents.isEmpty() ? Json.NULL : documents.getFirst();
    }

    public static String write(Json value) {
        return new YamlWriter().document(value);
    }

    /// JSON objects one behind the other; none when the text is something else.
    private static List<Json> jsonStream(String text) {
        var documents = new ArrayList<Json>();
        try (var parser = JsonTokens.open(text.getBytes(StandardCharsets.UTF_8))) {
            while (parser.nextToken() != null) {
                documents.add(JsonReader.read(parser, path -> {}));
            }
            return documents;
        } catch (JacksonException | DecodeError e) {
            return List.of();
        }
    }

    /// go-yaml counts the lines of parser errors from zero, those of scanner errors from one, and
    /// does not mention line zero.
    private static String where(MarkedYamlEngineException e) {
        var scanner = e instanceof ScannerException ? 1 : 0;
        var problem = e.getProblemMark().map(mark -> mark.getLine()).orElse(0);
        if (String.valueOf(e.getProblem()).contains("<stream end>")
                && e.getProblemMark().map(mark -> mark.getColumn()).orElse(0) > 0) {
            problem++; // go-yaml begins a new line at the end of the text.
        }
        var line =
                problem == 0
                        ? e.getContextMark().map(m -> m.getLine()).orElse(0)
                        : problem + scanner;
        return line == 0 ? "" : "line " + line + ": ";
    }

    private static String words(MarkedYamlEngineException e) {
        var problem = e.getProblem() == null ? "" : e.getProblem();
        if (problem.startsWith("expected <block end>")) {
            var context = e.getContext() == null ? "" : e.getContext();
            return context.contains("collection")
                    ? "did not find expected '-' indicator"
                    : "did not find expected key";
        }
        for (var entry : WORDS.entrySet()) {
            if (problem.startsWith(entry.getKey())) {
                return entry.getValue();
            }
        }
        return problem;
    }
}
