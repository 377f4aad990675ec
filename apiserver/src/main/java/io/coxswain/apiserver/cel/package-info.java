/// Expressions in the Common Expression Language, as CRD rules, admission policies and match
/// conditions use them.
///
/// [io.coxswain.apiserver.cel.CelEnvironment] compiles a text against declared variables: parsing
/// and type checking are Google's, loaded with the first expression. [Planner] turns the checked tree
/// into steps of our own, which read [io.coxswain.api.json.Json] trees in place and count what they
/// cost; [CostEstimator] bounds that cost beforehand. What functions exist is in `functions`.
@NullMarked
package io.coxswain.apiserver.cel;

import org.jspecify.annotations.NullMarked;
