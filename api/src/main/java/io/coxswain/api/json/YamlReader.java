package io.coxswain.api.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;

/// Turns the events of a YAML stream into values. Keeps its own stack; bounds what aliases expand
/// to.
final class YamlReader {

    /// A container under construction.
    private static final class Open {
        final boolean map;
        final @Nullable Anchor anchor;
        final LinkedHashMap<String, Json> fields = new LinkedHashMap<>();
        final List<Json> items = new ArrayList<>(0);
        final List<Json> merged = new ArrayList<>(0);
        @Nullable String key;
        boolean mergeKey;
        long weight = 1;

        Open(boolean map, @Nullable Anchor anchor) {
            this.map = map;
            this.anchor = anchor;
        }

        Json close() {
            if (!map) {
                return new Json.Arr(Collections.unmodifiableList(items));
            }
            for (var each : merged) {
                if (each instanceof Json.Obj(var more)) {
                    more.forEach(fields::putIfAbsent);
                }
            }
            return new Json.Obj(fields);
        }
    }

    /// An anchored value and the number of nodes it consists of.
    private record Anchored(Json value, long weight) {}

    private final Consumer<String> duplicates;
    private final List<Json> documents = new ArrayList<>();
    private final List<Open> stack = new ArrayList<>();
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private long decoded;
    private long aliased;

    YamlReader(Consumer<String> duplicates) {
        this.duplicates = duplicates;
    }

    List<Json> read(Iterable<Event> events) {
        for (var event : events) {
            switch (event) {
                case ScalarEvent scalar -> scalar(scalar);
                case AliasEvent alias -> alias(alias);
                case MappingStartEvent start -> open(true, start);
                case SequenceStartEvent start -> open(false, start);
                case DocumentEndEvent end -> anchors.clear();
                case Event other when ends(other) -> close();
                case Event other -> {}
            }
        }
        return documents;
    }

    private static boolean ends(Event event) {
        return event.getEventId() == Event.ID.MappingEnd
                || event.getEventId() == Event.ID.SequenceEnd;
    }

    private void open(boolean map, NodeEvent event) {
        if (stack.size() >= JsonTokens.DEPTH_MAX) {
            throw new DecodeError("yaml: exceeded max depth of " + JsonTokens.DEPTH_MAX);
        }
        if (!stack.isEmpty() && stack.getLast().map && awaitsKey(stack.getLast())) {
            throw new DecodeError("yaml: invalid map key: " + (map ? "map" : "sequence"));
        }
        stack.add(new Open(map, event.getAnchor().orElse(null)));
    }

    private static boolean awaitsKey(Open open) {
        return open.key == null && !open.mergeKey;
    }

    private void close() {
        var open = stack.removeLast();
        add(open.close(), open.weight, open.anchor, 0);
    }

    private void scalar(ScalarEvent event) {
        var text = event.getValue();
        var tag = event.getTag().orElse("");
        var plain = event.isPlain() && !tag.equals("tag:yaml.org,2002:str") && !tag.equals("!");
        var line = event.getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
        if (plain
                && text.equals("<<")
                && !stack.isEmpty()
                && stack.getLast().map
                && awaitsKey(stack.getLast())) {
            stack.getLast().mergeKey = true;
            return;
        }
        var value = plain ? YamlScalars.resolve(text) : Json.of(text);
        if (value instanceof Json.Real(var number) && !Double.isFinite(number)) {
            throw new DecodeError("json: unsupported value: " + named(number));
        }
        add(value, 1, event.getAnchor().orElse(null), line);
    }

    private static String named(double number) {
        if (Double.isNaN(number)) {
            return "NaN";
        }
        return number > 0 ? "+Inf" : "-Inf";
    }

    private void alias(AliasEvent event) {
        var anchored = anchors.get(event.getAlias());
        if (anchored == null) {
            throw new DecodeError("yaml: unknown anchor '" + event.getAlias() + "' referenced");
        }
        aliased += anchored.weight;
        add(anchored.value, anchored.weight, null, 0);
        decoded += anchored.weight;
        if (aliased > 100 && decoded > 1000 && (double) aliased / decoded > allowedShare()) {
            throw new DecodeError("yaml: document contains excessive aliasing");
        }
    }

    /// The share of a document that may come from aliases: all of a small one, a tenth of a large.
    private double allowedShare() {
        if (decoded <= 400_000) {
            return 0.99;
        }
        return decoded >= 4_000_000 ? 0.10 : 0.99 - 0.89 * (decoded - 400_000) / 3_600_000;
    }

    private void add(Json value, long weight, @Nullable Anchor anchor, int line) {
        decoded++;
        if (anchor != null) {
            anchors.put(anchor, new Anchored(value, weight));
        }
        if (stack.isEmpty()) {
            if (!(value instanceof Json.Null)) {
                documents.add(value);
            }
            return;
        }
        var open = stack.getLast();
        open.weight += weight;
        if (!open.map) {
            open.items.add(value);
        } else if (open.mergeKey) {
            merge(open, value);
        } else if (open.key == null) {
            open.key = key(value);
            if (open.fields.containsKey(open.key)) {
                duplicates.accept("line " + line + ": key \"" + open.key + "\" already set in map");
            }
        } else {
            open.fields.put(open.key, value);
            open.key = null;
        }
    }

    private static void merge(Open open, Json value) {
        open.mergeKey = false;
        switch (value) {
            case Json.Obj map -> open.merged.add(map);
            case Json.Arr(var maps) when maps.stream().allMatch(Json.Obj.class::isInstance) ->
                    open.merged.addAll(maps);
            case Json other ->
                    throw new DecodeError(
                            "yaml: map merge requires map or sequence of maps as the value");
        }
    }

    private static String key(Json value) {
        return switch (value) {
            case Json.Str(var text) -> text;
            case Json.Int(var number) -> Long.toString(number);
            case Json.Real(var number) -> JsonBuffer.text(number);
            case Json.Bool(var truth) -> Boolean.toString(truth);
            case Json.Null n -> "null";
            case Json.Obj o -> throw new DecodeError("yaml: invalid map key: map");
            case Json.Arr a -> throw new DecodeError("yaml: invalid map key: sequence");
        };
    }
}
