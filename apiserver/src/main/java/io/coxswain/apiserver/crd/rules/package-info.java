/// The CEL rules in the schemas of custom kinds (`x-kubernetes-validations`).
///
/// `SchemaTypes` says what a schema means to an expression, and how large its values can be.
/// `RuleAdmission` compiles the rules of a definition and refuses what is wrong or too dear;
/// `CustomRules` evaluates them for an object, within the budget of one request.
@NullMarked
package io.coxswain.apiserver.crd.rules;

import org.jspecify.annotations.NullMarked;
