/// Between the verbs and the store: one path for every kind.
/// [io.coxswain.apiserver.registry.Registry] turns objects into stored bytes and back, runs the
/// kind's strategy and admission around each write, and repeats a decision when another write came
/// first.
@NullMarked
package io.coxswain.apiserver.registry;

import org.jspecify.annotations.NullMarked;
