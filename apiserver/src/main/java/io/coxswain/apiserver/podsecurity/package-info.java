/// The Pod Security Standards: what a pod may ask of its node, by level (`privileged`, `baseline`,
/// `restricted`) and by the minor version whose rules apply.
///
/// [io.coxswain.apiserver.podsecurity.Checks] lists the rules, `PodSecurity` is the admission
/// plugin that applies them as the labels of a namespace say.
@NullMarked
package io.coxswain.apiserver.podsecurity;

import org.jspecify.annotations.NullMarked;
