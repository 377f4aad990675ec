/// kube-apiserver: takes HTTP requests apart, decides whether they may happen, and answers from the
/// store.
///
/// A request passes `filters`, is routed by [io.coxswain.apiserver.RequestInfo] to a verb in
/// `verbs` or a subresource in `subresources`, and reaches the store through `registry`.
/// [io.coxswain.apiserver.ApiServer] wires the parts.
@NullMarked
package io.coxswain.apiserver;

import org.jspecify.annotations.NullMarked;
