/// The edge of the network module: programs of the host, kernel settings, and what stands in for
/// them in tests. Nothing here decides anything; `proxy` and `routes` do.
@NullMarked
package io.coxswain.network.host;

import org.jspecify.annotations.NullMarked;
