/// DaemonSets: one pod on every node that fits.
@NullMarked
package io.coxswain.controllers.daemonset;

import org.jspecify.annotations.NullMarked;
