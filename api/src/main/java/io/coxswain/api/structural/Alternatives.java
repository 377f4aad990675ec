package io.coxswain.api.structural;

import io.coxswain.api.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Combinations of schemas: at least one of, exactly one of, all of, not.
final class Alternatives {

    private Alternatives() {}

    static void check(Json value, Structural schema, String path, List<Finding> found) {
        if (!schema.anyOf().isEmpty()) {
            anyOf(value, schema.anyOf(), path, found);
        }
        if (!schema.oneOf().isEmpty()) {
            oneOf(value, schema.oneOf(), path, found);
        }
        if (!schema.allOf().isEmpty()) {
            allOf(value, schema.allOf(), path, found);
        }
        var not = schema.not();
        if (not != null && ValueCheck.find(value, not, path).isEmpty()) {
            found.add(new Finding.Unfit(quoted(path) + " must not validate the schema (not)"));
        }
    }

    private static void anyOf(
            Json value, List<Structural> choices, String path, List<Finding> found) {
        List<Finding> best = null;
        for (var choice : choices) {
            var failures = ValueCheck.find(value, choice, path);
            if (failures.isEmpty()) {
                return;
            }
            best = better(best, failures);
        }
        found.add(new Finding.Unfit(quoted(path) + " must validate at least one schema (anyOf)"));
        found.addAll(best == null ? List.of() : best);
    }

    private static void oneOf(
            Json value, List<Structural> choices, String path, List<Finding> found) {
        List<Finding> best = null;
        var valid = 0;
        for (var choice : choices) {
            var failures = ValueCheck.find(value, choice, path);
            if (failures.isEmpty()) {
                valid++;
            } else if (valid == 0) {
                best = better(best, failures);
            }
        }
        if (valid == 1) {
            return;
        }
        var more = valid == 0 ? "Found none valid" : "Found " + valid + " valid alternatives";
        found.add(
                new Finding.Unfit(
                        quoted(path) + " must validate one and only one schema (oneOf). " + more));
        if (valid == 0 && best != null) {
            found.addAll(best);
        }
    }

    private static void allOf(
            Json value, List<Structural> choices, String path, List<Finding> found) {
        var valid = 0;
        for (var choice : choices) {
            var failures = ValueCheck.find(value, choice, path);
            valid += failures.isEmpty() ? 1 : 0;
            found.addAll(failures);
        }
        if (valid != choices.size()) {
            var none = valid == 0 ? ". None validated" : "";
            found.add(
                    new Finding.Unfit(
                            quoted(path) + " must validate all the schemas (allOf)" + none));
        }
    }

    /// The failures of the schema that came nearest.
    private static List<Finding> better(@Nullable List<Finding> best, List<Finding> other) {
        return best == null || other.size() < best.size() ? other : best;
    }

    private static String quoted(String path) {
        return "\"" + path + "\"";
    }
}
