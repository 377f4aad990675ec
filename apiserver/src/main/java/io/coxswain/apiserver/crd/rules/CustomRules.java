package io.coxswain.apiserver.crd.rules;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.FieldError;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.structural.Structural;
import io.coxswain.apiserver.cel.Budget;
import io.coxswain.apiserver.crd.RuleCheck;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Evaluates the rules of a schema. They are compiled with the first object.
public final class CustomRules implements RuleCheck {

    /// With these, a value may not be what its type says, and rules could not be evaluated.
    private static final Set<FieldError.Type> BLOCKING =
            EnumSet.of(
                    FieldError.Type.REQUIRED,
                    FieldError.Type.TOO_LONG,
                    FieldError.Type.TOO_MANY,
                    FieldError.Type.TYPE_INVALID);

    private final Structural schema;
    private volatile @Nullable RuleNode compiled;

    private CustomRules(Structural schema) {
        this.schema = schema;
    }

    public static RuleCheck of(Structural schema) {
        return schema.hasValidations() ? new CustomRules(schema) : NONE;
    }

    @Override
    public void check(Json.Obj object, Json.@Nullable Obj old, FieldErrors errors) {
        if (errors.all().stream().anyMatch(error -> BLOCKING.contains(error.type()))) {
            errors.invalid(
                    null,
                    "some validation rules were not checked because the object was invalid;"
                            + " correct the existing errors to complete validation");
            return;
        }
        var root = compiled;
        if (root == null) {
            root = RuleNode.of(schema, true);
            compiled = root;
        }
        if (root != null) {
            new Evaluation(new Budget(Budget.PER_OBJECT)).node(root, object, old, errors);
        }
    }
}
