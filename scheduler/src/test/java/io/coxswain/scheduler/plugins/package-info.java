/// Tests of the rules.
@NullMarked
package io.coxswain.scheduler.plugins;

import org.jspecify.annotations.NullMarked;
