/// Tests of the embedded engine: the contract, restarts, damage, power failures.
@NullMarked
package io.coxswain.storage.embedded;

import org.jspecify.annotations.NullMarked;
