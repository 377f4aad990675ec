/// A container runtime in memory, for tests of everything above it and for clusters without root.
///
/// It runs no process. A [Program] says what a command would do, the clock decides when it ends,
/// and the test may end, break or forget anything. [FakeRuntime] passes the contract suite that the
/// real one passes.
@NullMarked
package io.coxswain.kubelet.runtime.fake;

import org.jspecify.annotations.NullMarked;
