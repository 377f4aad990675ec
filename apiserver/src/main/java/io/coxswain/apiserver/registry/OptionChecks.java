package io.coxswain.apiserver.registry;

import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.Verb;
import io.coxswain.http.Query;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What the query of a write may say; everything that is wrong is reported at once.
final class OptionChecks {

    private static final int MANAGER_BYTES_MAX = 128;
    private static final List<String> DRY_RUN = List.of("All");
    private static final List<String> VALIDATIONS = List.of("", "Ignore", "Strict", "Warn");

    private OptionChecks() {}

    /// @param applies whether the write is a server-side apply
    static void check(Verb verb, Query query, boolean applies) {
        var errors = new FieldErrors();
        if (verb == Verb.PATCH) {
            checkPatch(errors, query, applies);
        }
        checkManager(errors, text(query, "fieldManager"));
        var dryRun = query.all("dryRun");
        if (!DRY_RUN.containsAll(dryRun)) {
            errors.at("dryRun").notSupported(dryRun, DRY_RUN);
        }
        var validation = text(query, "fieldValidation");
        if (!VALIDATIONS.contains(validation)) {
            errors.at("fieldValidation").notSupported(validation, VALIDATIONS);
        }
        if (!errors.isEmpty()) {
            throw Errors.invalid("meta.k8s.io", kind(verb), "", errors.all());
        }
    }

    private static void checkPatch(FieldErrors errors, Query query, boolean applies) {
        if (applies) {
            if (text(query, "fieldManager").isEmpty()) {
                errors.at("fieldManager").required("is required for apply patch");
            }
        } else if (query.first("force") != null) {
            errors.at("force").forbidden("may not be specified for non-apply patch");
        }
    }

    private static void checkManager(FieldErrors errors, String manager) {
        if (manager.getBytes(StandardCharsets.UTF_8).length > MANAGER_BYTES_MAX) {
            errors.at("fieldManager").tooLong(MANAGER_BYTES_MAX);
        }
        var place = 0;
        for (var i = 0; i < manager.length(); ) {
            var character = manager.codePointAt(i);
            if (!printable(character)) {
                errors.at("fieldManager")
                        .invalid(
                                manager,
                                String.format(
                                        "invalid character U+%04X (at position %d)",
                                        character, place));
            }
            var length = Character.charCount(character);
            place += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            i += length;
        }
    }

    /// What Go calls printable: no controls, no space but the plain one.
    private static boolean printable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }

    private static String kind(Verb verb) {
        return switch (verb) {
            case CREATE -> "CreateOptions";
            case PATCH -> "PatchOptions";
            default -> "UpdateOptions";
        };
    }

    private static String text(Query query, String name) {
        var value = query.first(name);
        return value == null ? "" : value;
    }
}
