package io.coxswain.apiserver.crd;

import io.coxswain.api.structural.Structural;

/// Makes the check of the CEL rules in a schema.
@FunctionalInterface
public interface RuleSource {

    /// Nothing is compiled before the first object is checked.
    RuleCheck of(Structural schema);
}
