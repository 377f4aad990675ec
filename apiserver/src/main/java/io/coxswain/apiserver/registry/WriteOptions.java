package io.coxswain.apiserver.registry;

import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.apiserver.Call;
import io.coxswain.apiserver.Verb;
import io.coxswain.http.Query;
import org.jspecify.annotations.Nullable;

/// What a request says about how it wants to write.
///
/// @param fieldManager who is writing, for managed fields
/// @param fieldValidation `Strict`, `Warn` or `Ignore`: what to do about unknown fields
/// @param force apply takes over the fields of others
/// @param applies the write is a server-side apply, which has settled the managed fields already
/// @param deletion how a deletion was asked for; null for other writes
public record WriteOptions(
        boolean dryRun,
        String fieldManager,
        String fieldValidation,
        boolean force,
        boolean applies,
        @Nullable DeleteOptions deletion) {

    public static WriteOptions of(Call call) {
        var query = call.query();
        var verb = call.info().verb();
        if (verb == Verb.CREATE || verb == Verb.UPDATE || verb == Verb.PATCH) {
            var type = call.request().header("content-type");
            OptionChecks.check(
                    verb, query, type != null && type.startsWith("application/apply-patch"));
        }
        return new WriteOptions(
                query.all("dryRun").contains("All"),
                manager(call),
                validation(query),
                query.flag("force"),
                false,
                null);
    }

    public WriteOptions dry() {
        return new WriteOptions(true, fieldManager, fieldValidation, force, applies, deletion);
    }

    /// These options for the write that ends an apply.
    public WriteOptions applying() {
        return new WriteOptions(dryRun, fieldManager, fieldValidation, force, true, deletion);
    }

    /// These options for a deletion.
    public WriteOptions deleting(DeleteOptions asked) {
        return new WriteOptions(dryRun, fieldManager, fieldValidation, force, applies, asked);
    }

    /// Options for a write the server makes by itself.
    public static WriteOptions internal(String fieldManager) {
        return new WriteOptions(false, fieldManager, "Ignore", false, false, null);
    }

    /// The value that decides: an empty one means a warning.
    private static String validation(Query query) {
        var value = query.first("fieldValidation");
        return value == null || value.isEmpty() ? "Warn" : value;
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
