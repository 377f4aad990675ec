package io.coxswain.apiserver.registry;

import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.Call;
import io.coxswain.http.Query;
import java.util.List;

/// What a request says about how it wants to write.
///
/// @param fieldManager who is writing, for managed fields
/// @param fieldValidation `Strict`, `Warn` or `Ignore`: what to do about unknown fields
/// @param force apply takes over the fields of others
/// @param applies the write is a server-side apply, which has settled the managed fields already
public record WriteOptions(
        boolean dryRun,
        String fieldManager,
        String fieldValidation,
        boolean force,
        boolean applies) {

    private static final List<String> VALIDATIONS = List.of("", "Ignore", "Warn", "Strict");

    public static WriteOptions of(Call call) {
        var query = call.query();
        return new WriteOptions(
                dryRun(query.all("dryRun")),
                manager(call),
                validation(query),
                query.flag("force"),
                false);
    }

    public WriteOptions dry() {
        return new WriteOptions(true, fieldManager, fieldValidation, force, applies);
    }

    /// These options for the write that ends an apply.
    public WriteOptions applying() {
        return new WriteOptions(dryRun, fieldManager, fieldValidation, force, true);
    }

    /// Options for a write the server makes by itself.
    public static WriteOptions internal(String fieldManager) {
        return new WriteOptions(false, fieldManager, "Ignore", false, false);
    }

    private static boolean dryRun(List<String> values) {
        for (var value : values) {
            if (!value.equals("All")) {
                throw Errors.of(
                        422,
                        "Invalid",
                        "dryRun: Unsupported value: \"" + value + "\": supported values: \"All\"",
                        null);
            }
        }
        return !values.isEmpty();
    }

    private static String validation(Query query) {
        var value = query.first("fieldValidation");
        var text = value == null ? "" : value;
        if (!VALIDATIONS.contains(text)) {
            throw Errors.of(
                    422,
                    "Invalid",
                    "fieldValidation: Unsupported value: \""
                            + text
                            + "\": supported values: \"\", \"Ignore\", \"Strict\", \"Warn\"",
                    null);
        }
        return text.isEmpty() ? "Warn" : text;
    }

    /// The manager named by the request, else the first word of its user agent, as upstream does.
    private static String manager(Call call) {
        var named = call.query().first("fieldManager");
        if (named != null && !named.isEmpty()) {
            return named;
        }
        var agent = call.request().header("user-agent");
        if (agent == null || agent.isEmpty()) {
            return "unknown";
        }
        var word = agent.split("/", 2)[0];
        return word.length() > 128 ? word.substring(0, 128) : word;
    }
}
