/// The commands about objects in general, one per file: a record of flags and what it does.
/// Families of commands (`create`, `rollout`, `config` …) have packages of their own.
@NullMarked
package io.coxswain.cli.commands;

import org.jspecify.annotations.NullMarked;
