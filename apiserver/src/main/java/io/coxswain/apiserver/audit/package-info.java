/// Who did what, when, and what came of it (`audit.k8s.io/v1`).
///
/// [io.coxswain.apiserver.audit.AuditPolicy] decides how much of a request is written down,
/// [io.coxswain.apiserver.audit.AuditFilter] makes its events, an
/// [io.coxswain.apiserver.audit.AuditSink] takes them: a file, a webhook, at once or in batches.
/// Without a policy there is no filter.
@NullMarked
package io.coxswain.apiserver.audit;

import org.jspecify.annotations.NullMarked;
