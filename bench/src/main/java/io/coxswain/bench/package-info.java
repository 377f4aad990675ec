/// `./cox bench`: what a control plane costs and how fast it is, over real HTTPS on the loopback
/// interface, from a process of its own. Each benchmark ends with a check that what it did is
/// right; a figure without one is worth nothing.
@NullMarked
package io.coxswain.bench;

import org.jspecify.annotations.NullMarked;
