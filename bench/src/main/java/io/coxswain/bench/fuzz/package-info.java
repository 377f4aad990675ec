/// What reads bytes that anybody may send, driven by a fuzzer that sees which code an input
/// reaches.
///
/// [io.coxswain.bench.fuzz.Targets] lists the readers. Each takes its input or refuses it with an
/// error that has a text; [io.coxswain.bench.fuzz.FuzzBenchmark] gives each to Jazzer in a JVM of
/// its own, and whatever else is thrown, hangs or swells is a finding.
@NullMarked
package io.coxswain.bench.fuzz;

import org.jspecify.annotations.NullMarked;
