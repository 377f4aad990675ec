/// Somebody else's program that relies on compare-and-swap: Patroni elects PostgreSQL's leader in
/// ConfigMaps of an API server.
@NullMarked
package io.coxswain.bench.patroni;

import org.jspecify.annotations.NullMarked;
