/// The commands that change running workloads: `scale`, `rollout`, `set`, `expose`, `autoscale`.
@NullMarked
package io.coxswain.cli.commands.workload;

import org.jspecify.annotations.NullMarked;
