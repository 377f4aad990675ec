package io.coxswain.api.fields;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Schema;
import io.coxswain.api.schema.Schema.ListType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Takes fields out of trees by their paths.
final class Removal {

    private Removal() {}

    /// The tree without the paths of `gone`; containers that become empty go too.
    static Json.Obj remove(Json.Obj tree, FieldSet gone, Schema schema) {
        if (gone.isEmpty()) {
            return tree;
        }
        return value(tree, gone, schema) instanceof Json.Obj rest ? rest : Json.EMPTY;
    }

    private static @Nullable Json value(Json value, FieldSet gone, Schema schema) {
        return switch (value) {
            case Json.Obj(var fields) when !schema.merge().atomic() -> {
                var left = new LinkedHashMap<String, Json>();
                fields.forEach((name, child) -> {
                    var below = gone.find(Element.field(name));
                    var rest = below == null ? child : item(child, below, schema.at(name));
                    if (rest != null) {
                        left.put(name, rest);
                    }
                });
                yield left.isEmpty() && !fields.isEmpty() ? null : new Json.Obj(left);
            }
            case Json.Arr(var items) when schema.merge().listType() != ListType.ATOMIC -> {
                var left = new ArrayList<Json>(items.size());
                for (var item : items) {
                    var below = gone.find(ListItems.name(item, schema, left.size()));
                    var rest = below == null ? item : item(item, below, schema.items());
                    if (rest != null) {
                        left.add(rest);
                    }
                }
                yield left.isEmpty() && !items.isEmpty() ? null : new Json.Arr(left);
            }
            case Json other -> other;
        };
    }

    private static @Nullable Json item(Json child, FieldSet below, Schema schema) {
        if (below.member()) {
            return null;
        }
        return below.children().isEmpty() ? child : value(child, below, schema);
    }

    /// The set, with every declared field that leads to one of its paths added.
    static FieldSet withNamedFields(FieldSet set, Schema schema) {
        if (set.children().isEmpty()) {
            return set;
        }
        var children = new TreeMap<Element, FieldSet>();
        set.children()
                .forEach((element, child) -> {
                    var named = element.isField() && schema.fields().containsKey(element.name());
                    var inner = element.isField() ? schema.at(element.name()) : schema.items();
                    var below = withNamedFields(child, inner);
                    children.put(
                            element,
                            new FieldSet(
                                    child.member() || (named && !below.children().isEmpty()),
                                    below.children()));
                });
        return new FieldSet(set.member(), children);
    }
}
