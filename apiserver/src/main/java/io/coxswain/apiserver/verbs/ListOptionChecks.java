package io.coxswain.apiserver.verbs;

import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import java.util.List;

/// What the query of a list, a watch or a deletion of a collection may say about versions.
final class ListOptionChecks {

    private static final String MATCH = "resourceVersionMatch";
    private static final String NOT_OLDER = "NotOlderThan";
    private static final String EXACT = "Exact";

    private ListOptionChecks() {}

    static void checkList(ResourceCall<?> call) {
        var version = Revisions.text(call, "resourceVersion");
        var match = Revisions.text(call, MATCH);
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

    static void checkWatch(ResourceCall<?> call) {
        var initial = call.query().first("sendInitialEvents") != null;
        var match = Revisions.text(call, MATCH);
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
        if (!Revisions.text(call, "continue").isEmpty()) {
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
