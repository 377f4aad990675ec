package io.coxswain.api.fields;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// An immutable set of paths, held as a tree of their steps.
///
/// The set of `.spec.replicas` and `.spec` itself is stored as
/// `{"f:spec":{".":{},"f:replicas":{}}}`.
///
/// @param member whether the path that leads here is in the set
public record FieldSet(boolean member, SortedMap<Element, FieldSet> children) {

    public static final FieldSet EMPTY = new FieldSet(false, new TreeMap<>());
    static final FieldSet LEAF = new FieldSet(true, new TreeMap<>());

    /// Reads the stored form; throws [DecodeError].
    public static FieldSet parse(Json fieldsV1) {
        if (!(fieldsV1 instanceof Json.Obj(var fields))) {
            throw new DecodeError("expected a map of fields");
        }
        var children = new TreeMap<Element, FieldSet>();
        for (var field : fields.entrySet()) {
            if (!field.getKey().equals(".")) {
                var child = parse(field.getValue());
                var leaf = child.children.isEmpty() || child.member;
                children.put(Element.parse(field.getKey()), new FieldSet(leaf, child.children));
            }
        }
        return new FieldSet(fields.containsKey("."), children);
    }

    /// The set of these paths, each of names of fields.
    public static FieldSet of(String... paths) {
        var all = EMPTY;
        for (var path : paths) {
            var set = LEAF;
            for (var name : List.of(path.split("\\.")).reversed()) {
                set = EMPTY.with(Element.field(name), set);
            }
            all = all.union(set);
        }
        return all;
    }

    public Json.Obj write() {
        var fields = new LinkedHashMap<String, Json>();
        if (member && !children.isEmpty()) {
            fields.put(".", Json.EMPTY);
        }
        children.forEach((element, child) -> fields.put(element.text(), child.write()));
        return new Json.Obj(fields);
    }

    public boolean isEmpty() {
        return !member && children.isEmpty();
    }

    FieldSet with(Element element, FieldSet child) {
        var copy = new TreeMap<>(children);
        copy.put(element, child);
        return new FieldSet(member, copy);
    }

    /// What lies below `element`; its own membership included.
    FieldSet at(Element element) {
        return children.getOrDefault(element, EMPTY);
    }

    @Nullable FieldSet find(Element element) {
        return children.get(element);
    }

    public FieldSet union(FieldSet other) {
        if (isEmpty()) {
            return other;
        }
        if (other.isEmpty()) {
            return this;
        }
        var merged = new TreeMap<>(children);
        other.children.forEach((element, child) -> merged.merge(element, child, FieldSet::union));
        return new FieldSet(member || other.member, merged);
    }

    public FieldSet difference(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return this;
        }
        var left = new TreeMap<Element, FieldSet>();
        children.forEach((element, child) -> {
            var rest = child.difference(other.at(element));
            if (!rest.isEmpty()) {
                left.put(element, rest);
            }
        });
        return new FieldSet(member && !other.member, left);
    }

    public FieldSet intersection(FieldSet other) {
        if (isEmpty() || other.isEmpty()) {
            return EMPTY;
        }
        var both = new TreeMap<Element, FieldSet>();
        children.forEach((element, child) -> {
            var common = child.intersection(other.at(element));
            if (!common.isEmpty()) {
                both.put(element, common);
            }
        });
        return new FieldSet(member && other.member, both);
    }

    /// Removes whole subtrees: every path of this set at or below a path of `roots`.
    public FieldSet without(FieldSet roots) {
        if (roots.member) {
            return EMPTY;
        }
        if (roots.children.isEmpty() || isEmpty()) {
            return this;
        }
        var left = new TreeMap<Element, FieldSet>();
        children.forEach((element, child) -> {
            var rest = child.without(roots.at(element));
            if (!rest.isEmpty()) {
                left.put(element, rest);
            }
        });
        return new FieldSet(member, left);
    }

    /// Calls `visit` with each path, in order.
    void forEach(Consumer<List<Element>> visit) {
        walk(new ArrayList<>(), visit);
    }

    private void walk(List<Element> path, Consumer<List<Element>> visit) {
        if (member && !path.isEmpty()) {
            visit.accept(List.copyOf(path));
        }
        children.forEach((element, child) -> {
            path.add(element);
            child.walk(path, visit);
            path.removeLast();
        });
    }

    @Override
    public String toString() {
        var all = new ArrayList<String>();
        forEach(path -> all.add(Element.path(path)));
        return String.join(" ", all);
    }

    /// A set under construction.
    static final class Builder {
        private boolean member;
        private final TreeMap<Element, Builder> children = new TreeMap<>();

        Builder at(Element element) {
            return children.computeIfAbsent(element, e -> new Builder());
        }

        void add() {
            member = true;
        }

        FieldSet build() {
            if (children.isEmpty()) {
                return member ? LEAF : EMPTY;
            }
            var built = new TreeMap<Element, FieldSet>();
            children.forEach((element, child) -> {
                var set = child.build();
                if (!set.isEmpty()) {
                    built.put(element, set);
                }
            });
            return built.isEmpty() && !member ? EMPTY : new FieldSet(member, built);
        }
    }
}
