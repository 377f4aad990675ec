/// Deployments: rolling from one ReplicaSet to the next. [DeploymentController] chooses,
/// [Rollout] computes the sizes, [Revisions] keeps the history and [DeploymentConditions] the
/// status.
@NullMarked
package io.coxswain.controllers.deployment;

import org.jspecify.annotations.NullMarked;
