/// How clients that behave fare beside those that do not.
///
/// An [io.coxswain.bench.hostile.Attack] is what one of the latter does again and again;
/// [io.coxswain.bench.hostile.HostileBenchmark] lets many do it and measures a client that only
/// reads and writes. [io.coxswain.bench.hostile.Wire] speaks TLS without HTTP's good manners.
@NullMarked
package io.coxswain.bench.hostile;

import org.jspecify.annotations.NullMarked;
