/// What every module needs and Kubernetes knows nothing of: time, loops, faults, text tables, TLS
/// and certificates. Nothing here starts a thread or reads the wall clock unless it is told to.
@NullMarked
package io.coxswain.base;

import org.jspecify.annotations.NullMarked;
