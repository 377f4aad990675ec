/// What the API server fills in and checks for the core kinds other than pods.
///
/// The records beside which these would otherwise live name them in their `STRATEGY`.
@NullMarked
package io.coxswain.api.core.rules;

import org.jspecify.annotations.NullMarked;
