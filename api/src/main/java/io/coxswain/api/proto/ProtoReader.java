package io.coxswain.api.proto;

import io.coxswain.api.codec.Amounts;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.codec.Shape;
import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.schema.Quantity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads protobuf messages into records. Unknown fields are skipped; of a repeated field that is no
/// list the last one counts, and messages merge, as protobuf demands.
public final class ProtoReader {

    /// Records nest a dozen deep, schemas of custom resources somewhat more.
    private static final int RECORDS_MAX = 500;

    private final WireReader in;
    private int depth;

    private ProtoReader(WireReader in) {
        this.in = in;
    }

    /// Reads a message without an envelope. Throws [DecodeError].
    public static <T> T read(Class<T> type, byte[] message) {
        return read(type, message, 0, message.length);
    }

    static <T> T read(Class<T> type, byte[] bytes, int from, int to) {
        var reader = new ProtoReader(new WireReader(bytes, from, to));
        return type.cast(reader.struct(Message.of(type), null));
    }

    /// @param known what an earlier part of the same message said
    private Object struct(Message message, @Nullable Object known) {
        if (++depth > RECORDS_MAX) {
            throw new DecodeError("exceeded max depth");
        }
        var values = known == null ? message.type().absent() : values(message, known);
        fields(message, message.top(), values);
        for (var i = 0; i < values.length; i++) {
            if (values[i] instanceof Growing growing) {
                values[i] = growing.done();
            }
        }
        depth--;
        return message.type().create(values);
    }

    private static @Nullable Object[] values(Message message, Object known) {
        var values = message.type().absent();
        for (var component : message.type().components()) {
            values[component.index()] = component.get(known);
        }
        return values;
    }

    private void fields(Message message, Message.Fields fields, @Nullable Object[] values) {
        while (!in.atEnd()) {
            var key = in.varint();
            var number = (int) (key >>> 3);
            var wireType = (int) key & 7;
            if (wireType == 4) {
                throw new DecodeError(
                        "proto: " + name(message) + ": wiretype end group for non-group");
            }
            if (number <= 0) {
                throw new DecodeError(
                        "proto: %s: illegal tag %d (wire type %d)"
                                .formatted(name(message), number, wireType));
            }
            switch (fields.at(number)) {
                case null -> in.skip(wireType);
                case Message.Fields inner -> {
                    expect(wireType, WireWriter.BYTES, "embedded");
                    var outer = in.enter();
                    fields(message, inner, values);
                    in.leave(outer);
                }
                case Message.Leaf leaf -> {
                    var at = leaf.component().index();
                    values[at] = component(leaf, wireType, values[at]);
                }
            }
        }
    }

    private static String name(Message message) {
        return message.type().type().getSimpleName();
    }

    static void expect(int wireType, int wanted, String field) {
        if (wireType != wanted) {
            throw new DecodeError("proto: wrong wireType = " + wireType + " for field " + field);
        }
    }

    private @Nullable Object component(Message.Leaf leaf, int wireType, @Nullable Object known) {
        return switch (leaf.shape().tag()) {
            case LIST -> list(leaf, wireType, Growing.list(known));
            case MAP -> map(leaf, wireType, Growing.map(known));
            case TEXT, INT32, INT64, BOOL, FLOAT64, TIME, MICRO_TIME, BYTES, QUANTITY -> {
                expect(wireType, wireType(leaf.shape()), leaf.goName());
                yield value(leaf, leaf.shape(), known);
            }
            case INT_OR_STRING, TREE, RECORD -> {
                expect(wireType, WireWriter.BYTES, leaf.goName());
                yield value(leaf, leaf.shape(), known);
            }
        };
    }

    private static int wireType(Shape shape) {
        return switch (shape.tag()) {
            case INT32, INT64, BOOL -> WireWriter.VARINT;
            case FLOAT64 -> WireWriter.FIXED64;
            case TEXT, TIME, MICRO_TIME, BYTES, QUANTITY, INT_OR_STRING, TREE, RECORD, LIST, MAP ->
                    WireWriter.BYTES;
        };
    }

    /// One value that is no list or map.
    private @Nullable Object value(Message.Leaf leaf, Shape shape, @Nullable Object known) {
        return switch (shape.tag()) {
            case TEXT -> in.text();
            case INT32 -> (Object) (int) in.varint();
            case INT64 -> (Object) in.varint();
            case BOOL -> (Object) (in.varint() != 0);
            case FLOAT64 -> (Object) in.real();
            case BYTES -> in.bytes();
            case TIME, MICRO_TIME, QUANTITY, INT_OR_STRING, TREE, RECORD -> {
                var outer = in.enter();
                var value = content(leaf, shape, known);
                in.leave(outer);
                yield value;
            }
            case LIST, MAP -> throw new IllegalStateException("no single value");
        };
    }

    @SuppressWarnings("ReferenceEquality") // The empty record of a type is always the same.
    private @Nullable Object content(Message.Leaf leaf, Shape shape, @Nullable Object known) {
        return switch (shape.tag()) {
            case TIME -> Small.time(in, false);
            case MICRO_TIME -> Small.time(in, true);
            case QUANTITY -> in.atEnd() ? Quantity.ZERO : Amounts.parse(Small.text(in));
            case INT_OR_STRING -> Small.intOrString(in);
            case TREE -> any(leaf.form());
            case RECORD -> {
                var message = Message.of(shape.struct());
                var same = known != null && shape.struct().isInstance(known);
                var fresh = !same || known == message.type().empty();
                yield fresh && in.atEnd()
                        ? message.type().empty()
                        : struct(message, fresh ? null : known);
            }
            case TEXT, INT32, INT64, BOOL, FLOAT64, BYTES, LIST, MAP ->
                    throw new IllegalStateException("no message");
        };
    }

    private Growing.Items list(Message.Leaf leaf, int wireType, Growing.Items list) {
        var item = leaf.shape().itemShape();
        var wanted = wireType(item);
        if (wireType == WireWriter.BYTES && wanted != WireWriter.BYTES) { // Packed numbers.
            var outer = in.enter();
            while (!in.atEnd()) {
                list.add(element(leaf, item));
            }
            in.leave(outer);
            return list;
        }
        expect(wireType, wanted, leaf.goName());
        return list.add(element(leaf, item));
    }

    private Growing.Entries map(Message.Leaf leaf, int wireType, Growing.Entries map) {
        expect(wireType, WireWriter.BYTES, leaf.goName());
        var item = leaf.shape().itemShape();
        var outer = in.enter();
        var key = "";
        Object value = null;
        while (!in.atEnd()) {
            var tag = in.varint();
            switch ((int) (tag >>> 3)) {
                case 1 -> {
                    expect((int) tag & 7, WireWriter.BYTES, leaf.goName());
                    key = in.text();
                }
                case 2 -> {
                    expect((int) tag & 7, wireType(item), leaf.goName());
                    value =
                            item.tag() == Shape.Tag.LIST
                                    ? wrapped(leaf, item.itemShape())
                                    : element(leaf, item);
                }
                default -> in.skip((int) tag & 7);
            }
        }
        in.leave(outer);
        return map.put(key, value == null ? item.zero() : value);
    }

    private Object element(Message.Leaf leaf, Shape item) {
        var value = value(leaf, item, null);
        return value == null ? item.zero() : value;
    }

    /// A list that stands alone in a message, because a map cannot hold lists.
    private Object wrapped(Message.Leaf leaf, Shape item) {
        var outer = in.enter();
        var list = Growing.list(null);
        while (!in.atEnd()) {
            var tag = in.varint();
            if (tag >>> 3 == 1) {
                expect((int) tag & 7, wireType(item), "Items");
                list.add(element(leaf, item));
            } else {
                in.skip((int) tag & 7);
            }
        }
        in.leave(outer);
        return list.done();
    }

    private @Nullable Json any(Message.AnyForm form) {
        return switch (form) {
            case RAW -> {
                var raw = Small.bytes(in);
                var json = raw.length == 0 ? Json.NULL : JsonReader.read(raw);
                yield json instanceof Json.Null ? null : json;
            }
            case EMPTY -> {
                Small.bytes(in);
                yield Json.EMPTY;
            }
            case ARRAY, BOOL, STRINGS -> schemas(form);
        };
    }

    /// The three messages that hold a schema, or something else: `schema` is 1 in two and 2 in one.
    private @Nullable Json schemas(Message.AnyForm form) {
        var allows = false;
        Json schema = null;
        List<Json> list = new ArrayList<>();
        var alone = form == Message.AnyForm.BOOL ? 2 : 1;
        while (!in.atEnd()) {
            var tag = in.varint();
            var number = (int) (tag >>> 3);
            var wireType = (int) tag & 7;
            if (number < 1 || number > 2) {
                in.skip(wireType);
            } else if (number == alone) {
                expect(wireType, WireWriter.BYTES, "Schema");
                schema = schema();
            } else if (form == Message.AnyForm.BOOL) {
                expect(wireType, WireWriter.VARINT, "Allows");
                allows = in.varint() != 0;
            } else if (form == Message.AnyForm.ARRAY) {
                expect(wireType, WireWriter.BYTES, "JSONSchemas");
                list.add(schema());
            } else {
                expect(wireType, WireWriter.BYTES, "Property");
                list.add(Json.of(in.text()));
            }
        }
        if (form == Message.AnyForm.BOOL) {
            return schema == null ? Json.of(allows) : schema;
        }
        return list.isEmpty() ? schema : Json.array(list);
    }

    private Json schema() {
        var outer = in.enter();
        var record = (Record) struct(Message.of(Values.SCHEMA), null);
        in.leave(outer);
        return RecordWriter.toTree(record);
    }
}
