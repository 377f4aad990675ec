/// What the API server fills in and checks for pods, and for pod templates and volumes everywhere.
///
/// One class per noun: `PodDefaults` computes, `…Validation` reports. `Pod` names them in its
/// `STRATEGY`.
@NullMarked
package io.coxswain.api.core.pods;

import org.jspecify.annotations.NullMarked;
