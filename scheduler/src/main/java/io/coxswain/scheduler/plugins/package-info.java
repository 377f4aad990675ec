/// The rules of scheduling, one file each, under upstream's names. [Plugins] is the list of them:
/// its order and weights are the default profile.
@NullMarked
package io.coxswain.scheduler.plugins;

import org.jspecify.annotations.NullMarked;
