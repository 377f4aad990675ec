/// What an operator does with the embedded store: backup, restore, a look at its health.
@NullMarked
package io.coxswain.cluster.store;

import org.jspecify.annotations.NullMarked;
