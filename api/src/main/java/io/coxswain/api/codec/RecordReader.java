package io.coxswain.api.codec;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.json.GoText;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.json.JsonTokens;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.Sent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.sym.PropertyNameMatcher;

/// Reads JSON into records, dropping what the record does not have.
///
/// Names are matched by case. Null means absent, inside lists and maps the zero value. Of a
/// repeated field the last one counts. Short strings are shared between objects.
public final class RecordReader {

    /// Records nest a dozen deep, schemas of custom resources somewhat more.
    private static final int RECORDS_MAX = 500;

    private final JsonParser parser;
    private final Problems problems;
    private int depth;

    private RecordReader(JsonParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /// Reads one object, with nothing behind it. Throws [DecodeError].
    public static <T> T read(Class<T> type, byte[] json, Problems problems) {
        try (var parser = JsonTokens.open(json)) {
            var token = parser.nextToken();
            if (token == null) {
                throw new DecodeError("unexpected end of JSON input");
            }
            var read = new RecordReader(parser, problems).root(type, token);
            JsonTokens.end(parser, json);
            return type.cast(read);
        } catch (JacksonException e) {
            throw JsonTokens.refused(json, e);
        } catch (Mismatch e) {
            // Go checks the syntax of the whole text before it looks at types.
            throw new DecodeError(GoText.syntaxOr(json, e.text()));
        } catch (DecodeError e) {
            throw new DecodeError(GoText.syntaxOr(json, e.getMessage()));
        }
    }

    /// Reads one object and does not care about unknown fields.
    public static <T> T read(Class<T> type, byte[] json) {
        return read(type, json, new Problems());
    }

    /// The record that a tree describes.
    public static <T> T fromTree(Class<T> type, Json.Obj tree, Problems problems) {
        return read(type, JsonWriter.write(tree), problems);
    }

    private Object root(Class<?> type, JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            if (token == JsonToken.VALUE_NULL) {
                return Plan.of(type).type().empty();
            }
            throw mismatch(token, Plan.goName(type));
        }
        return struct(Plan.of(type), true);
    }

    private Object struct(Plan plan, boolean root) {
        if (++depth > RECORDS_MAX) {
            throw new DecodeError("exceeded max depth");
        }
        @Nullable Object[] values = null;
        var seen = 0L;
        while (true) {
            var index = parser.nextNameMatch(plan.matcher());
            if (index < 0) {
                if (index == PropertyNameMatcher.MATCH_END_OBJECT) {
                    break;
                }
                skipUnknown(index);
                continue;
            }
            if ((seen & (1L << index)) != 0) {
                problems.duplicate(JsonTokens.path(parser));
            }
            seen |= 1L << index;
            if (index >= plan.slots().length) {
                typeMeta(plan, index, root);
                continue;
            }
            var value = component(plan, plan.slots()[index]);
            if (value != null) {
                values = values == null ? plan.type().absent() : values;
                values[index] = value;
            }
        }
        depth--;
        if (values != null) {
            return plan.type().create(values);
        }
        return plan.told() ? plan.type().create(plan.type().absent()) : plan.type().empty();
    }

    private void skipUnknown(int index) {
        if (index != PropertyNameMatcher.MATCH_UNKNOWN_NAME) {
            throw new DecodeError("unexpected end of JSON input");
        }
        problems.unknown(JsonTokens.path(parser));
        parser.nextToken();
        parser.skipChildren();
    }

    private void typeMeta(Plan plan, int index, boolean root) {
        var field = index == plan.slots().length ? "kind" : "apiVersion";
        var token = parser.nextToken();
        if (token == JsonToken.VALUE_NULL) {
            return;
        }
        if (token != JsonToken.VALUE_STRING) {
            throw mismatch(token, "string").under(plan.name(), field);
        }
        if (root) {
            if (field.equals("kind")) {
                problems.kind(parser.getString());
            } else {
                problems.apiVersion(parser.getString());
            }
        }
    }

    private @Nullable Object component(Plan plan, Plan.Slot slot) {
        try {
            return value(slot.shape(), parser.nextToken());
        } catch (Mismatch e) {
            throw e.under(plan.name(), slot.component().json());
        }
    }

    /// The value at `token`; null for a JSON null.
    private @Nullable Object value(Shape shape, JsonToken token) {
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (shape.tag()) {
            case TEXT -> text(token);
            case INT32, INT64, FLOAT64, BOOL, BYTES, TIME, MICRO_TIME, QUANTITY, INT_OR_STRING ->
                    Scalars.read(shape, token, parser);
            case TREE -> JsonReader.read(parser, path -> {});
            case RECORD -> {
                if (token != JsonToken.START_OBJECT) {
                    throw mismatch(token, shape.goType());
                }
                yield struct(shape.plan(), false);
            }
            case LIST -> list(shape, token);
            case MAP -> map(shape, token);
        };
    }

    private String text(JsonToken token) {
        if (token != JsonToken.VALUE_STRING) {
            throw mismatch(token, "string");
        }
        return Words.share(
                parser.getStringCharacters(), parser.getStringOffset(), parser.getStringLength());
    }

    private List<Object> list(Shape shape, JsonToken token) {
        if (token != JsonToken.START_ARRAY) {
            throw mismatch(token, shape.goType());
        }
        var next = parser.nextToken();
        if (next == JsonToken.END_ARRAY) {
            return Sent.emptyList();
        }
        var item = shape.itemShape();
        var items = new Object[4];
        var size = 0;
        while (next != JsonToken.END_ARRAY) {
            if (size == items.length) {
                items = Arrays.copyOf(items, size * 2);
            }
            var value = value(item, next);
            items[size++] = value == null ? item.zero() : value;
            next = parser.nextToken();
        }
        return size == 1 ? List.of(items[0]) : List.of(Arrays.copyOf(items, size));
    }

    private Map<String, Object> map(Shape shape, JsonToken token) {
        if (token != JsonToken.START_OBJECT) {
            throw mismatch(token, shape.goType());
        }
        var item = shape.itemShape();
        var keys = new String[4];
        var values = new Object[4];
        var size = 0;
        for (var key = parser.nextName(); key != null; key = parser.nextName()) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
                values = Arrays.copyOf(values, size * 2);
            }
            var value = value(item, parser.nextToken());
            keys[size] = Words.share(key);
            values[size++] = value == null ? item.zero() : value;
        }
        var map = ArrayMap.of(keys, values, size);
        if (map.size() < size) {
            duplicates(keys, size);
        }
        return map;
    }

    private void duplicates(String[] keys, int size) {
        var path = JsonTokens.path(parser);
        var seen = new java.util.HashSet<String>();
        for (var i = 0; i < size; i++) {
            if (!seen.add(keys[i])) {
                problems.duplicate(path.isEmpty() ? keys[i] : path + "." + keys[i]);
            }
        }
    }

    static Mismatch mismatch(JsonToken token, String goType) {
        return new Mismatch(Scalars.found(token), goType);
    }
}
