package io.coxswain.apiserver.openapi;

import io.coxswain.api.json.Json;
import io.coxswain.apiserver.aggregation.RemoteDocuments;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/// Puts documents of other servers behind this server's own: of each the paths of its group version
/// and the definitions that they need. A definition that is called as another one gets a new name.
final class Merge {

    private static final String REF = "$ref";

    private final Map<String, Json> paths;
    private final Map<String, Json> definitions;

    private Merge(Json.Obj own) {
        this.paths = new TreeMap<>(own.object("paths").fields());
        this.definitions = new TreeMap<>(own.object("definitions").fields());
    }

    static Json.Obj of(Json.Obj own, List<RemoteDocuments.Version2> others) {
        if (others.isEmpty()) {
            return own;
        }
        var merge = new Merge(own);
        others.forEach(merge::add);
        return own.with("paths", Json.object(merge.paths))
                .with("definitions", Json.object(merge.definitions));
    }

    private void add(RemoteDocuments.Version2 other) {
        var prefix = "/apis/" + other.group() + "/" + other.version() + "/";
        var theirs = other.document().object("definitions").fields();
        var needed = new LinkedHashMap<String, Json>();
        var added = new LinkedHashMap<String, Json>();
        other.document()
                .object("paths")
                .fields()
                .forEach((path, item) -> {
                    if (path.startsWith(prefix) && !paths.containsKey(path)) {
                        added.put(path, item);
                        need(item, theirs, needed);
                    }
                });
        var names = new LinkedHashMap<String, String>();
        needed.forEach((name, definition) -> names.put(name, nameFor(name, definition)));
        needed.forEach((name, definition) ->
                definitions.putIfAbsent(
                        names.getOrDefault(name, name), renamed(definition, names)));
        added.forEach((path, item) -> paths.put(path, renamed(item, names)));
    }

    /// Collects the definitions that a part of a document refers to, and those that they refer to.
    private static void need(Json part, Map<String, Json> theirs, Map<String, Json> needed) {
        references(
                part,
                reference -> {
                    var definition = theirs.get(reference);
                    if (definition != null && needed.putIfAbsent(reference, definition) == null) {
                        need(definition, theirs, needed);
                    }
                    return reference;
                });
    }

    private String nameFor(String name, Json definition) {
        var free = name;
        for (var number = 2; taken(free, definition); number++) {
            free = name + "_v" + number;
        }
        return free;
    }

    private boolean taken(String name, Json definition) {
        var known = definitions.get(name);
        return known != null && !known.equals(definition);
    }

    private static Json renamed(Json part, Map<String, String> names) {
        return references(part, reference -> names.getOrDefault(reference, reference));
    }

    /// The part with every reference to a definition replaced by another name.
    private static Json references(Json part, UnaryOperator<String> name) {
        return switch (part) {
            case Json.Obj(var fields) -> {
                var copy = new LinkedHashMap<String, Json>();
                fields.forEach((key, value) -> {
                    var pointer =
                            key.equals(REF)
                                    && value instanceof Json.Str(var text)
                                    && text.startsWith(Version2.REFS);
                    copy.put(key, pointer ? pointer(value, name) : references(value, name));
                });
                yield new Json.Obj(copy);
            }
            case Json.Arr(var items) ->
                    Json.array(items.stream().map(item -> references(item, name)).toList());
            default -> part;
        };
    }

    private static Json pointer(Json value, UnaryOperator<String> name) {
        var target = ((Json.Str) value).value().substring(Version2.REFS.length());
        return Json.of(Version2.REFS + name.apply(target));
    }
}
