package io.coxswain.api.json;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/// A JSON value. Immutable; objects keep the order of their fields.
///
/// Whole numbers within 64 bits are [Int], all others [Real], as Kubernetes reads them.
public sealed interface Json {

    Null NULL = new Null();
    Obj EMPTY = new Obj(new LinkedHashMap<>());

    /// An object. Never change the map given to it.
    record Obj(SequencedMap<String, Json> fields) implements Json {

        public @Nullable Json get(String name) {
            return fields.get(name);
        }

        /// The object at `name`, or the empty one when there is none.
        public Obj object(String name) {
            return fields.get(name) instanceof Obj object ? object : EMPTY;
        }

        /// The text at `name`, or `""`.
        public String text(String name) {
            return fields.get(name) instanceof Str(var text) ? text : "";
        }

        /// The items at `name`, or none.
        public List<Json> items(String name) {
            return fields.get(name) instanceof Arr(var items) ? items : List.of();
        }

        public Obj with(String name, Json value) {
            var copy = new LinkedHashMap<>(fields);
            copy.put(name, value);
            return new Obj(copy);
        }

        public Obj without(String name) {
            if (!fields.containsKey(name)) {
                return this;
            }
            var copy = new LinkedHashMap<>(fields);
            copy.remove(name);
            return new Obj(copy);
        }
    }

    /// A list. Never change the list given to it.
    record Arr(List<Json> items) implements Json {}

    record Str(String value) implements Json {}

    record Int(long value) implements Json {}

    record Real(double value) implements Json {}

    record Bool(boolean value) implements Json {}

    record Null() implements Json {}

    static Obj object(Map<String, ? extends Json> fields) {
        return new Obj(new LinkedHashMap<>(fields));
    }

    static Str of(String text) {
        return new Str(text);
    }

    static Int of(long number) {
        return new Int(number);
    }

    static Bool of(boolean value) {
        return new Bool(value);
    }

    static Arr array(List<? extends Json> items) {
        return new Arr(List.copyOf(items));
    }
}
