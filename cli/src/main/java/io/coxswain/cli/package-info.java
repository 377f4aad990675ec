/// kubectl. [Kubectl] finds the command in [Commands]; each command is a record of flags and what
/// it does with them. A [Session] is what commands work with: the streams, the server, what the
/// server knows.
///
/// Nothing here knows kinds: names are looked up in the server's discovery, objects are trees.
@NullMarked
package io.coxswain.cli;

import org.jspecify.annotations.NullMarked;
