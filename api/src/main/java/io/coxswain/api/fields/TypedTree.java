package io.coxswain.api.fields;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Schema;
import io.coxswain.api.schema.Schema.ListType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What can be asked of trees whose schema is known: their paths, their differences, their union.
final class TypedTree {

    private TypedTree() {}

    /// The paths of a configuration: its leaves, its list items, its empty maps and free keys.
    static FieldSet paths(Json.Obj tree, Schema schema) {
        var set = new FieldSet.Builder();
        paths(tree, schema, set);
        return set.build();
    }

    private static void paths(Json value, Schema schema, FieldSet.Builder at) {
        switch (value) {
            case Json.Obj(var fields) when !schema.merge().atomic() ->
                    fields.forEach((name, child) -> {
                        var below = at.at(Element.field(name));
                        paths(child, schema.at(name), below);
                        if (child instanceof Json.Null
                                || (child instanceof Json.Obj o && o.fields().isEmpty())
                                || !schema.fields().containsKey(name)) {
                            below.add();
                        }
                    });
            case Json.Arr(var items) when schema.merge().listType() != ListType.ATOMIC -> {
                var names = ListItems.of(items, schema);
                names.items()
                        .forEach((element, item) -> {
                            var below = at.at(element);
                            paths(item, schema.items(), below);
                            below.add();
                        });
            }
            case Json.Obj o -> at.add();
            case Json.Arr a -> at.add();
            case Json.Null n when container(schema) -> {}
            case Json scalar -> at.add();
        }
    }

    /// A null in place of a map or a list that merges is no leaf of its own.
    private static boolean container(Schema schema) {
        return switch (schema.type()) {
            case OBJECT -> !schema.merge().atomic();
            case LIST -> schema.merge().listType() != ListType.ATOMIC;
            case ANY, STRING, INTEGER, NUMBER, BOOLEAN, INT_OR_STRING -> false;
        };
    }

    /// What differs between two trees.
    record Comparison(FieldSet removed, FieldSet modified, FieldSet added) {

        FieldSet changed() {
            return modified.union(added);
        }
    }

    static Comparison compare(Json.Obj before, Json.Obj after, Schema schema) {
        var removed = new FieldSet.Builder();
        var modified = new FieldSet.Builder();
        var added = new FieldSet.Builder();
        new Difference(removed, modified, added).value(before, after, schema);
        return new Comparison(removed.build(), modified.build(), added.build());
    }

    /// The places in the three sets of a comparison that stand for one path.
    private record Difference(
            FieldSet.Builder removed, FieldSet.Builder modified, FieldSet.Builder added) {

        Difference at(Element element) {
            return new Difference(removed.at(element), modified.at(element), added.at(element));
        }

        void value(@Nullable Json before, @Nullable Json after, Schema schema) {
            var contained = before instanceof Json.Obj || before instanceof Json.Arr;
            var kind = contained || after == null ? before : after;
            switch (kind) {
                case Json.Obj o when !schema.merge().atomic() && !empty(before, after) ->
                        maps(before, after, schema);
                case Json.Arr a
                        when schema.merge().listType() != ListType.ATOMIC
                                && !empty(before, after) ->
                        lists(before, after, schema);
                case null -> {}
                case Json leaf -> leaf(before, after);
            }
        }

        private void leaf(@Nullable Json before, @Nullable Json after) {
            if (before == null) {
                added.add();
            } else if (after == null) {
                removed.add();
            } else if (!same(before, after)) {
                modified.add();
            }
        }

        /// A container that appears or goes is a path of its own beside its contents.
        private void appearance(@Nullable Json before, @Nullable Json after) {
            if (before == null) {
                added.add();
            } else if (after == null) {
                removed.add();
            }
        }

        private void maps(@Nullable Json before, @Nullable Json after, Schema schema) {
            var old = before instanceof Json.Obj o ? o : Json.EMPTY;
            var now = after instanceof Json.Obj o ? o : Json.EMPTY;
            old.fields()
                    .forEach((name, value) -> {
                        var other = now.get(name);
                        if (!value.equals(other)) {
                            at(Element.field(name)).value(value, other, schema.at(name));
                        }
                    });
            now.fields()
                    .forEach((name, value) -> {
                        if (old.get(name) == null) {
                            at(Element.field(name)).value(null, value, schema.at(name));
                        }
                    });
            appearance(before, after);
        }

        private void lists(@Nullable Json before, @Nullable Json after, Schema schema) {
            var old = ListItems.of(items(before), schema).items();
            var now = ListItems.of(items(after), schema).items();
            old.forEach((element, item) -> {
                var other = now.get(element);
                if (!item.equals(other)) {
                    at(element).value(item, other, schema.items());
                }
            });
            now.forEach((element, item) -> {
                if (!old.containsKey(element)) {
                    at(element).value(null, item, schema.items());
                }
            });
            appearance(before, after);
        }
    }

    private static List<Json> items(@Nullable Json value) {
        return value instanceof Json.Arr(var items) ? items : List.of();
    }

    private static boolean empty(@Nullable Json a, @Nullable Json b) {
        return nothing(a) && nothing(b);
    }

    private static boolean nothing(@Nullable Json value) {
        return switch (value) {
            case null -> true;
            case Json.Null n -> true;
            case Json.Obj(var fields) -> fields.isEmpty();
            case Json.Arr(var items) -> items.isEmpty();
            case Json scalar -> false;
        };
    }

    private static boolean same(Json a, Json b) {
        return a.equals(b)
                || (a instanceof Json.Int(var x) && b instanceof Json.Real(var y) && x == y)
                || (a instanceof Json.Real(var v) && b instanceof Json.Int(var w) && v == w);
    }

    /// `config` laid over `live`: maps and keyed lists merge, everything else is replaced.
    static Json.Obj merge(Json.Obj live, Json.Obj config, Schema schema) {
        return (Json.Obj) mergeValue(live, config, schema);
    }

    private static Json mergeValue(@Nullable Json live, Json config, Schema schema) {
        if (live == null || empty(live, config)) {
            return config;
        }
        if (!schema.merge().atomic() && live instanceof Json.Obj(var old)) {
            if (config instanceof Json.Null) {
                return live;
            }
            if (config instanceof Json.Obj(var changes)) {
                var fields = new LinkedHashMap<>(old);
                changes.forEach((name, value) ->
                        fields.put(name, mergeValue(old.get(name), value, schema.at(name))));
                return new Json.Obj(fields);
            }
        }
        if (schema.merge().listType() != ListType.ATOMIC && live instanceof Json.Arr(var old)) {
            if (config instanceof Json.Null) {
                return live;
            }
            if (config instanceof Json.Arr(var changes)) {
                return new Json.Arr(mergeLists(old, changes, schema));
            }
        }
        return config;
    }

    /// Shared items take the order of the configuration, the others stay where they were.
    private static List<Json> mergeLists(List<Json> live, List<Json> config, Schema schema) {
        var left = ListItems.of(live, schema);
        var right = ListItems.of(config, schema);
        var shared = new ArrayList<>(right.elements());
        shared.removeIf(element -> !left.items().containsKey(element));
        var merged = new ArrayList<Json>();
        var done = new java.util.HashSet<Element>();
        var l = 0;
        var r = 0;
        var next = 0;
        while (l < live.size() || r < config.size()) {
            if (l < live.size()) {
                var element = left.elements().get(l);
                if (!right.items().containsKey(element)) {
                    merged.add(live.get(l++));
                    continue;
                }
                var wanted = r < config.size() && element.equals(right.elements().get(r));
                var waits = next < shared.size() && !shared.get(next).equals(element);
                if (done.contains(element) || (!wanted && waits)) {
                    l++;
                    continue;
                }
                if (wanted) {
                    l++;
                }
            }
            if (r < config.size()) {
                var element = right.elements().get(r++);
                done.add(element);
                var item = config.get(r - 1);
                merged.add(mergeValue(left.items().get(element), item, schema.items()));
                if (next < shared.size() && shared.get(next).equals(element)) {
                    next++;
                }
            }
        }
        return merged;
    }
}
