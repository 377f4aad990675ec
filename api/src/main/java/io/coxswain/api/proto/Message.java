package io.coxswain.api.proto;

import io.coxswain.api.codec.Shape;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Micros;
import io.coxswain.api.schema.OmitEmpty;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.RecordType.Component;
import io.coxswain.api.schema.Required;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What reading and writing the message of one record class needs, prepared once.
///
/// @param top the fields of the message
record Message(RecordType<?> type, Fields top) {

    private static final ClassValue<Message> ALL =
            new ClassValue<>() {
                @Override
                protected Message computeValue(Class<?> record) {
                    return make(record);
                }
            };

    /// One field of a message.
    sealed interface Field {
        int number();
    }

    /// Fields that stand in a message of their own, or at the top.
    ///
    /// @param inOrder ascending
    /// @param byNumber the same fields; null where no field has the index as its number
    record Fields(int number, Field[] inOrder, @Nullable Field[] byNumber) implements Field {

        @Nullable Field at(int wanted) {
            return wanted < byNumber.length ? byNumber[wanted] : null;
        }
    }

    /// The value of a component.
    ///
    /// @param always written even when absent, as Go writes what it holds by value
    record Leaf(int number, Component component, Shape shape, boolean always, AnyForm form)
            implements Field {

        /// The name in Go, for error texts.
        String goName() {
            var raw = component.raw();
            if (raw == ObjectMeta.class && component.name().equals("metadata")) {
                return "ObjectMeta";
            }
            var name = component.name();
            return Character.toUpperCase(name.charAt(0)) + name.substring(1);
        }
    }

    /// How a value that may be any JSON is held.
    enum AnyForm {
        /// `{raw=1}`
        RAW,
        /// One schema or a list of them.
        ARRAY,
        /// A schema, or whether anything is allowed.
        BOOL,
        /// A schema, or names of properties.
        STRINGS,
        /// A message without fields.
        EMPTY
    }

    /// Throws [IllegalArgumentException] for a record that has no message.
    static Message of(Class<?> record) {
        return ALL.get(record);
    }

    /// Collects fields by number before their number is known to be complete.
    private static final class Tree {
        final TreeMap<Integer, Field> leaves = new TreeMap<>();
        final TreeMap<Integer, Tree> inner = new TreeMap<>();

        Fields done(int number) {
            inner.forEach((at, tree) -> leaves.put(at, tree.done(at)));
            var byNumber = new Field[leaves.isEmpty() ? 0 : leaves.lastKey() + 1];
            leaves.forEach((at, field) -> byNumber[at] = field);
            return new Fields(number, leaves.values().toArray(Field[]::new), byNumber);
        }
    }

    private static Message make(Class<?> record) {
        var places = Numbers.of(record);
        if (places == null) {
            throw new IllegalArgumentException(record + " has no form in protobuf");
        }
        var type = RecordType.of(record);
        var top = new Tree();
        for (var component : type.components()) {
            var place = places.get(component.json());
            if (place != null) {
                add(top, component, place);
            }
        }
        return new Message(type, top.done(0));
    }

    private static void add(Tree top, Component component, Numbers.Place place) {
        var tree = top;
        var path = place.path();
        for (var i = 0; i < path.length - 1; i++) {
            tree = tree.inner.computeIfAbsent(path[i], at -> new Tree());
        }
        var number = path[path.length - 1];
        var shape = Shape.of(component.type(), component.has(Micros.class));
        var always = place.always() || always(component, shape);
        var form = form(place.form());
        tree.leaves.put(number, new Leaf(number, component, shape, always, form));
    }

    private static AnyForm form(String name) {
        return name.isEmpty() ? AnyForm.RAW : AnyForm.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static boolean always(Component component, Shape shape) {
        return switch (shape.tag()) {
            // Null stands for the zero value of these, which Go holds by value.
            case TIME, MICRO_TIME, TREE ->
                    !component.has(OmitEmpty.class)
                            && (component.has(Always.class) || component.has(Required.class));
            case LIST, MAP, BYTES -> false;
            case TEXT, INT32, INT64, BOOL, FLOAT64, QUANTITY, INT_OR_STRING, RECORD ->
                    !component.nullable();
        };
    }
}
