package io.coxswain.cli.resource;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.Yaml;
import io.coxswain.cli.CliError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads the objects of files, directories and standard input.
public final class ManifestFiles {

    private final InputStream in;
    private final boolean recursive;
    private final List<Manifest> found = new ArrayList<>();
    private boolean checked = true;

    public ManifestFiles(InputStream in, boolean recursive) {
        this.in = in;
        this.recursive = recursive;
    }

    /// Objects without `apiVersion` or `kind` are let through.
    public ManifestFiles unchecked() {
        checked = false;
        return this;
    }

    public List<Manifest> read(List<String> names) {
        for (var name : names) {
            if (name.equals("-")) {
                parse("STDIN", text(in));
            } else {
                path(name);
            }
        }
        return List.copyOf(found);
    }

    private void path(String name) {
        if (name.startsWith("http://") || name.startsWith("https://")) {
            throw new CliError("cannot read \"" + name + "\": URLs are not supported");
        }
        var path = Path.of(name);
        if (!Files.exists(path)) {
            throw new CliError("the path \"" + name + "\" does not exist");
        }
        if (!Files.isDirectory(path)) {
            parse(name, text(path));
            return;
        }
        var before = found.size();
        for (var file : inDirectory(path)) {
            parse(file.toString(), text(file));
        }
        if (found.size() == before) {
            throw new CliError(
                    "error reading ["
                            + name
                            + "]: recognized file extensions are [.json .yaml .yml]");
        }
    }

    private List<Path> inDirectory(Path directory) {
        try (var files = Files.walk(directory, recursive ? Integer.MAX_VALUE : 1)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> file.toString().matches(".*\\.(json|yaml|yml)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CliError("open " + file + ": " + e.getMessage());
        }
    }

    private static String text(InputStream in) {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void parse(String source, String text) {
        for (var document : documents(text)) {
            for (var value : decode(source, document)) {
                add(source, value);
            }
        }
    }

    /// The parts between lines `---`, which are separate texts: lines are counted in each.
    private static List<String> documents(String text) {
        if (text.stripLeading().startsWith("{")) {
            return List.of(text);
        }
        var documents = new ArrayList<String>();
        var part = new StringBuilder();
        for (var line : text.split("(?<=\n)")) {
            if (line.startsWith("---")) {
                documents.add(part.toString());
                part.setLength(0);
            } else {
                part.append(line);
            }
        }
        documents.add(part.toString());
        return documents.stream().filter(document -> !document.isBlank()).toList();
    }

    private static List<Json> decode(String source, String document) {
        try {
            return Yaml.readAll(document);
        } catch (DecodeError e) {
            throw new CliError(
                    "error parsing "
                            + source
                            + ": error converting YAML to JSON: "
                            + e.getMessage());
        }
    }

    private void add(String source, Json value) {
        if (!(value instanceof Json.Obj object)) {
            throw new CliError(
                    "error parsing "
                            + source
                            + ": json: cannot unmarshal "
                            + JsonReader.typeName(value)
                            + " into Go value of type map[string]interface {}");
        }
        if (object.text("kind").endsWith("List") && object.get("items") instanceof Json.Arr items) {
            items.items().forEach(item -> add(source, item));
            return;
        }
        if (checked) {
            check(source, object);
        }
        found.add(new Manifest(source, object));
    }

    private static void check(String source, Json.Obj object) {
        var missing = new ArrayList<String>();
        if (object.text("apiVersion").isEmpty()) {
            missing.add("apiVersion not set");
        }
        if (object.text("kind").isEmpty()) {
            missing.add("kind not set");
        }
        if (missing.isEmpty()) {
            return;
        }
        var why = missing.size() == 1 ? missing.getFirst() : "[" + String.join(", ", missing) + "]";
        throw new CliError(
                "error validating \""
                        + source
                        + "\": error validating data: "
                        + why
                        + "; if you choose to ignore these errors, turn validation off with"
                        + " --validate=false");
    }
}
