package io.coxswain.apiserver.subresources;

import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Values;
import io.coxswain.apiserver.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a request for a log may ask for.
final class LogOptions {

    private static final List<String> STREAMS = List.of("All", "Stderr", "Stdout");

    private LogOptions() {}

    /// Throws Invalid with everything that is wrong.
    static void check(Call call) {
        var errors = new FieldErrors();
        var tail = number(call, "tailLines");
        if (tail != null) {
            Values.nonNegative(tail, errors.at("tailLines"));
        }
        var bytes = number(call, "limitBytes");
        if (bytes != null && bytes < 1) {
            errors.at("limitBytes").invalid(bytes, "must be greater than 0");
        }
        var seconds = number(call, "sinceSeconds");
        if (seconds != null && call.query().first("sinceTime") != null) {
            errors.forbidden("at most one of `sinceTime` or `sinceSeconds` may be specified");
        } else if (seconds != null && seconds < 1) {
            errors.at("sinceSeconds").invalid(seconds, "must be greater than 0");
        }
        var stream = call.query().first("stream");
        if (stream != null) {
            Values.oneOf(stream, STREAMS, errors.at("stream"));
            if (tail != null && !stream.equals("All")) {
                errors.forbidden(
                        "`tailLines` and specific `stream` are mutually exclusive for now");
            }
        }
        if (!errors.isEmpty()) {
            throw Errors.invalid("", "PodLogOptions", call.info().name(), errors.all());
        }
    }

    private static @Nullable Long number(Call call, String name) {
        var text = call.query().first(name);
        if (text == null || text.isEmpty()) {
            return null;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Errors.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }
}
