/// Admission by expressions: ValidatingAdmissionPolicy and MutatingAdmissionPolicy with their
/// bindings, and the match conditions that webhooks share with them.
///
/// [Matching] says whether a write is concerned, [RequestBindings] what expressions see of it,
/// [CompiledPolicy] keeps a policy's programs until the policy changes.
@NullMarked
package io.coxswain.apiserver.policy;

import org.jspecify.annotations.NullMarked;
