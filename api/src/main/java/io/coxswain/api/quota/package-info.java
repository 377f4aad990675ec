/// What objects count for under a ResourceQuota. Admission asks it about one object, the quota
/// controller about all of a namespace; both get the same answer from
/// [io.coxswain.api.quota.QuotaUsage].
@NullMarked
package io.coxswain.api.quota;

import org.jspecify.annotations.NullMarked;
