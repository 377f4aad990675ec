package io.coxswain.apiserver.crd;

import io.coxswain.api.json.Json;
import io.coxswain.api.schema.FieldErrors;
import org.jspecify.annotations.Nullable;

/// The CEL rules of a schema.
@FunctionalInterface
public interface RuleCheck {

    /// A schema without rules.
    RuleCheck NONE = (object, old, errors) -> {};

    /// Reports the rules that `object` breaks; `old` is null on create.
    void check(Json.Obj object, Json.@Nullable Obj old, FieldErrors errors);
}
