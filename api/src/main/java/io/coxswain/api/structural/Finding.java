package io.coxswain.api.structural;

import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.FieldErrors;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One thing that is wrong with a value.
sealed interface Finding {

    /// Says it in the words of the API, below where `errors` stands.
    void report(FieldErrors errors);

    static Finding invalid(String path, Json value, String text) {
        return new Invalid(path, value, text);
    }

    private static FieldErrors at(FieldErrors errors, String path) {
        var below = path.startsWith(".") ? path.substring(1) : path;
        return below.isEmpty() ? errors : errors.at(below);
    }

    record Required(String path) implements Finding {
        @Override
        public void report(FieldErrors errors) {
            at(errors, path).required("");
        }
    }

    record Invalid(String path, Json value, String text) implements Finding {
        @Override
        public void report(FieldErrors errors) {
            at(errors, path).invalid(value, text);
        }
    }

    /// @param found the name of the type that was found, or the text that has the wrong format
    record WrongType(String path, String found, String text) implements Finding {
        @Override
        public void report(FieldErrors errors) {
            at(errors, path).typeInvalid(found, text);
        }
    }

    record TooLong(String path, int max) implements Finding {
        @Override
        public void report(FieldErrors errors) {
            at(errors, path).tooLong(max);
        }
    }

    record TooMany(String path, int count, int max) implements Finding {
        @Override
        public void report(FieldErrors errors) {
            at(errors, path).tooMany(count, max);
        }
    }

    record NotSupported(String path, Json value, List<Json> supported) implements Finding {
        @Override
        public void report(FieldErrors errors) {
            at(errors, path).notSupported(value, supported.stream().map(this::text).toList());
        }

        private String text(Json choice) {
            return choice instanceof Json.Str(var text)
                    ? text
                    : new String(JsonWriter.canonical(choice), StandardCharsets.UTF_8);
        }
    }

    /// A combination of schemas that does not hold; upstream does not say where.
    record Unfit(String text) implements Finding {
        @Override
        public void report(FieldErrors errors) {
            errors.invalid("", text);
        }
    }
}
