package io.coxswain.cli.output;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.json.Yaml;
import io.coxswain.cli.CliError;
import io.coxswain.cli.output.template.GoTemplate;
import io.coxswain.cli.server.ResourceType;
import io.coxswain.cli.server.Trees;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Prints objects in the form that `-o` names. One printer prints the objects of one command.
public final class ObjectPrinter {

    private static final String FORMATS =
            "custom-columns, custom-columns-file, go-template, go-template-file, json, jsonpath,"
                    + " jsonpath-as-json, jsonpath-file, name, template, templatefile, wide, yaml";

    private final String format;
    private final OutputFlags flags;
    private final @Nullable JsonPath path;
    private final @Nullable CustomColumns columns;
    private final @Nullable GoTemplate goTemplate;
    private final TextTable table = TextTable.wide();
    private boolean begun;
    private boolean headers = true;

    private ObjectPrinter(
            String format,
            OutputFlags flags,
            @Nullable JsonPath path,
            @Nullable CustomColumns columns,
            @Nullable GoTemplate goTemplate) {
        this.goTemplate = goTemplate;
        this.format = format;
        this.flags = flags;
        this.path = path;
        this.columns = columns;
    }

    public static ObjectPrinter of(OutputFlags flags) {
        var equals = flags.output().indexOf('=');
        var format = equals < 0 ? flags.output() : flags.output().substring(0, equals);
        var argument = equals < 0 ? flags.template() : flags.output().substring(equals + 1);
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "json", "yaml", "name", "kyaml" ->
                    new ObjectPrinter(format, flags, null, null, null);
            case "jsonpath", "jsonpath-as-json" ->
                    new ObjectPrinter(format, flags, path(argument), null, null);
            case "jsonpath-file" ->
                    new ObjectPrinter("jsonpath", flags, path(read(argument)), null, null);
            case "go-template", "template" ->
                    new ObjectPrinter(format, flags, null, null, goTemplate(argument));
            case "go-template-file", "templatefile" ->
                    new ObjectPrinter("go-template", flags, null, null, goTemplate(read(argument)));
            case "custom-columns" ->
                    new ObjectPrinter(format, flags, null, CustomColumns.of(argument), null);
            case "custom-columns-file" ->
                    new ObjectPrinter(
                            "custom-columns",
                            flags,
                            null,
                            CustomColumns.ofFile(read(argument)),
                            null);
            default ->
                    throw new CliError(
                            "unable to match a printer suitable for the output format \""
                                    + flags.output()
                                    + "\", allowed formats are: "
                                    + FORMATS.replace(", ", ","));
        };
    }

    private static JsonPath path(String text) {
        if (text.isEmpty()) {
            throw new CliError("template format specified but no template given");
        }
        return JsonPath.template(text);
    }

    private static GoTemplate goTemplate(String text) {
        if (text.isEmpty()) {
            throw new CliError("template format specified but no template given");
        }
        return GoTemplate.parse(text);
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new CliError("error reading --template " + file + ", " + e.getMessage());
        }
    }

    public ObjectPrinter withoutHeaders() {
        headers = false;
        return this;
    }

    /// Whether a list is better printed item by item.
    public boolean itemByItem() {
        return format.equals("name") || columns != null;
    }

    /// Whether `-o name` was chosen.
    boolean namesOnly() {
        return format.equals("name");
    }

    public void print(Json.Obj object, @Nullable ResourceType type, PrintStream out) {
        var shown = flags.showManagedFields() ? object : withoutManagers(object);
        switch (format) {
            case "json" -> out.println(JsonWriter.prettySorted(shown, 4));
            case "yaml", "kyaml" -> {
                out.print((begun ? "---\n" : "") + Yaml.write(JsonWriter.sorted(shown)));
            }
            case "name" -> out.println(name(shown, type));
            default -> byTemplate(shown, out);
        }
        begun = true;
    }

    private void byTemplate(Json.Obj object, PrintStream out) {
        if (columns != null) {
            if (!begun && headers) {
                columns.headers(table);
            }
            columns.row(object, table);
        } else if (goTemplate != null) {
            out.print(goTemplate.fill(object));
        } else if (path != null && format.equals("jsonpath-as-json")) {
            out.println(JsonWriter.prettySorted(Json.array(path.values(object)), 4));
        } else if (path != null) {
            out.print(path.text(object));
        }
    }

    /// Prints what had to wait until all objects were seen.
    public void finish(PrintStream out) {
        table.print(out);
    }

    /// `deployment.apps/web`
    static String name(Json.Obj object, @Nullable ResourceType type) {
        if (type != null) {
            return type.printed(Trees.name(object));
        }
        var version = object.text("apiVersion");
        var slash = version.indexOf('/');
        var kind = object.text("kind").toLowerCase(Locale.ROOT);
        var group = slash < 0 ? "" : "." + version.substring(0, slash);
        return kind + group + "/" + Trees.name(object);
    }

    private static Json.Obj withoutManagers(Json.Obj object) {
        if (object.get("items") instanceof Json.Arr(var items)) {
            var stripped =
                    items.stream()
                            .map(i -> i instanceof Json.Obj item ? withoutManagers(item) : i)
                            .toList();
            return object.with("items", Json.array(stripped));
        }
        if (object.get("metadata") instanceof Json.Obj metadata
                && metadata.get("managedFields") != null) {
            return object.with("metadata", metadata.without("managedFields"));
        }
        return object;
    }
}
