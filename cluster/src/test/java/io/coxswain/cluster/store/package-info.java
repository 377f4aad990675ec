/// Tests of backup and restore.
@NullMarked
package io.coxswain.cluster.store;

import org.jspecify.annotations.NullMarked;
