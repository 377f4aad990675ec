package io.coxswain.api.codec;

import io.coxswain.api.json.DecodeError;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Quantity;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/// Reads the scalars of records, and complains about them as Go does.
final class Scalars {

    private static final String WRONG_QUANTITY =
            "quantities must match the regular expression"
                    + " '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

    private Scalars() {}

    static Object read(Shape shape, JsonToken token, JsonParser parser) {
        return switch (shape.tag()) {
            case INT32 -> (int) whole(shape, token, parser, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case INT64 -> whole(shape, token, parser, Long.MIN_VALUE, Long.MAX_VALUE);
            case FLOAT64 -> real(shape, token, parser);
            case BOOL -> truth(token);
            case BYTES -> bytes(token, parser);
            case TIME -> Times.parse(string(token, parser), false);
            case MICRO_TIME -> Times.parse(string(token, parser), true);
            case QUANTITY -> quantity(token, parser);
            case INT_OR_STRING -> intOrString(token, parser);
            case TEXT, TREE, RECORD, LIST, MAP -> throw new IllegalStateException("no scalar");
        };
    }

    /// Go's word for a token.
    static String found(@Nullable JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "object";
            case START_ARRAY -> "array";
            case VALUE_STRING -> "string";
            case VALUE_TRUE, VALUE_FALSE -> "bool";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
            case null, default -> "value";
        };
    }

    private static boolean number(JsonToken token) {
        return token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_NUMBER_FLOAT;
    }

    private static long whole(
            Shape shape, JsonToken token, JsonParser parser, long least, long most) {
        if (!number(token)) {
            throw RecordReader.mismatch(token, shape.goType());
        }
        if (token == JsonToken.VALUE_NUMBER_INT && fits(parser)) {
            var value = parser.getLongValue();
            if (value >= least && value <= most) {
                return value;
            }
        }
        throw new Mismatch("number " + parser.getString(), shape.goType());
    }

    private static boolean fits(JsonParser parser) {
        var type = parser.getNumberType();
        return type == JsonParser.NumberType.INT || type == JsonParser.NumberType.LONG;
    }

    private static double real(Shape shape, JsonToken token, JsonParser parser) {
        if (!number(token)) {
            throw RecordReader.mismatch(token, shape.goType());
        }
        var value = Double.parseDouble(parser.getString());
        if (Double.isInfinite(value)) {
            throw new Mismatch("number " + parser.getString(), shape.goType());
        }
        return value;
    }

    private static boolean truth(JsonToken token) {
        if (token != JsonToken.VALUE_TRUE && token != JsonToken.VALUE_FALSE) {
            throw RecordReader.mismatch(token, "bool");
        }
        return token == JsonToken.VALUE_TRUE;
    }

    private static byte[] bytes(JsonToken token, JsonParser parser) {
        if (token != JsonToken.VALUE_STRING) {
            throw RecordReader.mismatch(token, "[]uint8");
        }
        var text = parser.getString();
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0) {
            text = text.replace("\n", "").replace("\r", "");
        }
        if (text.length() % 4 == 0) {
            try {
                return Base64.getDecoder().decode(text);
            } catch (IllegalArgumentException e) {
                // Said below, in Go's words.
            }
        }
        throw new DecodeError("illegal base64 data at input byte " + firstBad(text));
    }

    private static int firstBad(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (!(c < 128 && (Character.isLetterOrDigit(c) || c == '+' || c == '/'))) {
                return i;
            }
        }
        return text.length() / 4 * 4;
    }

    /// The text of a value whose Go type reads it through a string of its own.
    private static String string(JsonToken token, JsonParser parser) {
        if (token != JsonToken.VALUE_STRING) {
            throw new DecodeError(
                    "json: cannot unmarshal " + found(token) + " into Go value of type string");
        }
        return parser.getString();
    }

    private static Quantity quantity(JsonToken token, JsonParser parser) {
        if (token != JsonToken.VALUE_STRING && !number(token)) {
            throw new DecodeError(WRONG_QUANTITY);
        }
        return Amounts.parse(parser.getString().strip());
    }

    private static IntOrString intOrString(JsonToken token, JsonParser parser) {
        if (token == JsonToken.VALUE_STRING) {
            return IntOrString.of(parser.getString());
        }
        if (token == JsonToken.VALUE_NUMBER_INT && fits(parser)) {
            var value = parser.getLongValue();
            if (value == (int) value) {
                return IntOrString.of((int) value);
            }
        }
        throw new DecodeError(
                "json: cannot unmarshal "
                        + found(token)
                        + (number(token) ? " " + parser.getString() : "")
                        + " into Go value of type int32");
    }
}
