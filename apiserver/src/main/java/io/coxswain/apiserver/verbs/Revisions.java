package io.coxswain.apiserver.verbs;

import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.storage.CompactedException;
import io.coxswain.storage.FutureRevisionException;
import io.coxswain.storage.Snapshot;
import java.util.List;

/// What `resourceVersion` and `resourceVersionMatch` ask of a read. The store is always as new as
/// the newest write, so every read here is consistent and "any version" is the latest.
final class Revisions {

    private Revisions() {}

    /// The snapshot a list without a continue token is answered from.
    static Snapshot snapshotForList(ResourceCall<?> call) {
        var store = call.registry().store();
        var version = text(call, "resourceVersion");
        var match = text(call, "resourceVersionMatch");
        check(version, match);
        if (version.isEmpty() || version.equals("0")) {
            return store.snapshot();
        }
        var revision = parse(version);
        var snapshot = store.snapshot();
        if (revision > snapshot.revision()) {
            throw tooLarge(revision, snapshot.revision());
        }
        if (!match.equals("Exact")) {
            return snapshot;
        }
        try {
            return store.snapshotAt(revision);
        } catch (CompactedException e) {
            throw Errors.expired("The resourceVersion for the provided list is too old.");
        } catch (FutureRevisionException e) {
            throw tooLarge(revision, e.current());
        }
    }

    /// A get asks at most for something that is not older than a version.
    static void checkGet(ResourceCall<?> call) {
        var version = text(call, "resourceVersion");
        if (!version.isEmpty() && !version.equals("0")) {
            var current = call.registry().store().snapshot().revision();
            if (parse(version) > current) {
                throw tooLarge(parse(version), current);
            }
        }
    }

    static long parse(String version) {
        try {
            return Long.parseUnsignedLong(version);
        } catch (NumberFormatException e) {
            throw Errors.of(
                    400,
                    "BadRequest",
                    "resourceVersion: Invalid value: \""
                            + version
                            + "\": strconv.ParseUint: parsing \""
                            + version
                            + "\": invalid syntax",
                    null);
        }
    }

    static String text(ResourceCall<?> call, String parameter) {
        var value = call.query().first(parameter);
        return value == null ? "" : value;
    }

    private static void check(String version, String match) {
        if (match.isEmpty()) {
            return;
        }
        var errors = new FieldErrors();
        if (version.isEmpty()) {
            errors.at("resourceVersionMatch")
                    .forbidden(
                            "resourceVersionMatch is forbidden unless resourceVersion is provided");
        } else if (!match.equals("Exact") && !match.equals("NotOlderThan")) {
            errors.at("resourceVersionMatch")
                    .notSupported(match, List.of("Exact", "NotOlderThan", ""));
        } else if (match.equals("Exact") && version.equals("0")) {
            errors.at("resourceVersionMatch")
                    .forbidden(
                            "resourceVersionMatch \"exact\" is forbidden for resourceVersion"
                                    + " \"0\"");
        }
        if (!errors.isEmpty()) {
            throw Errors.invalid("meta.k8s.io", "ListOptions", "", errors.all());
        }
    }

    private static RuntimeException tooLarge(long asked, long current) {
        return Errors.timeout("Too large resource version: " + asked + ", current: " + current, 1);
    }
}
