package io.coxswain.apiserver.verbs;

import io.coxswain.api.meta.DeleteOptions;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import java.util.List;

/// What the options of a deletion may say.
final class DeleteChecks {

    private static final List<String> POLICIES =
            List.of("Foreground", "Background", "Orphan", "nil");

    private DeleteChecks() {}

    /// Throws Invalid with everything that is wrong.
    static void check(DeleteOptions options) {
        var errors = new FieldErrors();
        var policy = options.propagationPolicy();
        if (policy != null && options.orphanDependents() != null) {
            errors.at("propagationPolicy")
                    .invalid(policy, "orphanDependents and deletionPropagation cannot be both set");
        } else if (policy != null && !POLICIES.contains(policy)) {
            errors.at("propagationPolicy").notSupported(policy, POLICIES);
        }
        if (!options.dryRun().stream().allMatch("All"::equals)) {
            errors.at("dryRun").notSupported(options.dryRun(), List.of("All"));
        }
        if (!errors.isEmpty()) {
            throw Errors.invalid("meta.k8s.io", "DeleteOptions", "", errors.all());
        }
    }

    /// Whatever their version, they must be called DeleteOptions, if anything.
    static void checkKind(DeleteOptions options) {
        var kind = options.kind();
        if (!kind.isEmpty() && !kind.equals("DeleteOptions")) {
            throw Errors.badRequest(
                    "no kind \""
                            + kind
                            + "\" is registered for version \""
                            + options.apiVersion()
                            + "\" in scheme \"pkg/apis/meta/internalversion/scheme/register.go:27\"");
        }
    }

    static Long seconds(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw Errors.badRequest("strconv.ParseInt: parsing \"" + text + "\": invalid syntax");
        }
    }
}
