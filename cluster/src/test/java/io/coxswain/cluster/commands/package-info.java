/// Tests of what flags become.
@NullMarked
package io.coxswain.cluster.commands;

import org.jspecify.annotations.NullMarked;
