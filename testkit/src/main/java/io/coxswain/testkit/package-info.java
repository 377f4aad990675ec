/// A Kubernetes cluster inside a test's JVM: the real API server, store, controllers and scheduler,
/// nodes that are simulated, and a clock that only the test moves. Nothing runs between the calls
/// a test makes, so there is nothing to wait for: [io.coxswain.testkit.TestCluster#settle] runs
/// everything that has work, on the test's own thread, in an order that a seed decides.
@NullMarked
package io.coxswain.testkit;

import org.jspecify.annotations.NullMarked;
