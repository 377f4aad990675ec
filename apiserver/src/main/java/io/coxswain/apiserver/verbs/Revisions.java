package io.coxswain.apiserver.verbs;

import io.coxswain.api.meta.Status.StatusCause;
import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.storage.CompactedException;
import io.coxswain.storage.FutureRevisionException;
import io.coxswain.storage.Snapshot;
import io.coxswain.storage.Store;
import java.util.List;

/// What `resourceVersion` and `resourceVersionMatch` ask of a read. Without a version a read shows
/// the newest state whoever wrote it; "any version" is what this server knows.
final class Revisions {

    private static final String MATCH = "resourceVersionMatch";
    private static final String NOT_OLDER = "NotOlderThan";
    private static final String EXACT = "Exact";

    private Revisions() {}

    /// The snapshot a list without a continue token is answered from.
    ///
    /// @param paged whether the caller asks for a part of the list
    static Snapshot snapshotForList(ResourceCall<?> call, boolean paged) {
        var store = call.registry().store();
        var version = text(call, "resourceVersion");
        var match = text(call, "resourceVersionMatch");
        checkList(call);
        if (version.isEmpty()) {
            return store.fresh();
        }
        if (version.equals("0")) {
            return store.snapshot();
        }
        var revision = parse(version);
        var reached = Freshness.await(call, revision);
        if (Freshness.behind(reached, revision)) {
            throw tooLarge(revision, reached);
        }
        // A page of a version is of exactly that version, unless the caller says otherwise.
        var exact = match.equals(EXACT) || (match.isEmpty() && paged);
        if (!exact) {
            return store.snapshot();
        }
        try {
            return store.snapshotAt(revision);
        } catch (CompactedException e) {
            throw Errors.expired("The resourceVersion for the provided list is too old.");
        } catch (FutureRevisionException e) {
            throw tooLarge(revision, e.current());
        }
    }

    /// What this server knows, if that includes `revision`; else the newest state.
    static Snapshot reaching(Store store, long revision) {
        var known = store.snapshot();
        return known.revision() < revision ? store.fresh() : known;
    }

    /// A get asks at most for something that is not older than a version.
    static void checkGet(ResourceCall<?> call) {
        var version = text(call, "resourceVersion");
        if (version.isEmpty()) {
            call.registry().store().fresh(); // From now on what is known is new enough.
            return;
        }
        if (!version.equals("0")) {
            var wanted = parseWatched(version);
            var reached = Freshness.await(call, wanted);
            if (Freshness.behind(reached, wanted)) {
                throw tooLarge(wanted, reached);
            }
        }
    }

    /// As upstream: what is no number is the caller's fault in a list, but the server's elsewhere.
    static long parseWatched(String version) {
        return parse(version, 500, "");
    }

    static long parse(String version) {
        return parse(version, 400, "BadRequest");
    }

    private static long parse(String version, int code, String reason) {
        try {
            return Long.parseUnsignedLong(version);
        } catch (NumberFormatException e) {
            throw Errors.of(
                    code,
                    reason,
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

    /// The store is not that new, and may become so: the caller shall try again.
    static ApiError tooLarge(long asked, long current) {
        var cause = new StatusCause("ResourceVersionTooLarge", "Too large resource version", "");
        return Errors.of(
                504,
                "Timeout",
                "Timeout: Too large resource version: "
                        + Long.toUnsignedString(asked)
                        + ", current: "
                        + current,
                new StatusDetails("", "", "", "", List.of(cause), 1));
    }

    /// What the query of a list or of a deletion of a collection may say.
    static void checkList(ResourceCall<?> call) {
        var version = text(call, "resourceVersion");
        var match = text(call, MATCH);
        var errors = new FieldErrors();
        if (!match.isEmpty()) {
            if (version.isEmpty()) {
                errors.at(MATCH)
                        .forbidden(
                                "resourceVersionMatch is forbidden unless resourceVersion is"
                                        + " provided");
            }
            forbidContinue(call, errors);
            if (!match.equals(EXACT) && !match.equals(NOT_OLDER)) {
                errors.at(MATCH).notSupported(match, List.of(EXACT, NOT_OLDER, ""));
            }
            if (match.equals(EXACT) && version.equals("0")) {
                errors.at(MATCH)
                        .forbidden(
                                "resourceVersionMatch \"exact\" is forbidden for resourceVersion"
                                        + " \"0\"");
            }
        }
        if (call.query().first("sendInitialEvents") != null) {
            errors.at("sendInitialEvents").forbidden("sendInitialEvents is forbidden for list");
        }
        throwIfAny(errors);
    }

    /// What the query of a watch may say.
    static void checkWatch(ResourceCall<?> call) {
        var initial = call.query().first("sendInitialEvents") != null;
        var match = text(call, MATCH);
        var errors = new FieldErrors();
        if (initial && !match.equals(NOT_OLDER)) {
            errors.at(MATCH)
                    .forbidden(
                            "sendInitialEvents requires setting resourceVersionMatch to"
                                    + " NotOlderThan");
        }
        if (!match.isEmpty()) {
            if (!initial) {
                errors.at(MATCH)
                        .forbidden(
                                "resourceVersionMatch is forbidden for watch unless"
                                        + " sendInitialEvents is provided");
            }
            if (!match.equals(NOT_OLDER)) {
                errors.at(MATCH).notSupported(match, List.of(NOT_OLDER));
            }
            forbidContinue(call, errors);
        }
        throwIfAny(errors);
    }

    private static void forbidContinue(ResourceCall<?> call, FieldErrors errors) {
        if (!text(call, "continue").isEmpty()) {
            errors.at(MATCH)
                    .forbidden("resourceVersionMatch is forbidden when continue is provided");
        }
    }

    private static void throwIfAny(FieldErrors errors) {
        if (!errors.isEmpty()) {
            throw Errors.invalid("meta.k8s.io", "ListOptions", "", errors.all());
        }
    }
}
