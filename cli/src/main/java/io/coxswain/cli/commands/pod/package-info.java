/// The commands that reach into pods: `logs`, `exec`, `attach`, `port-forward`, `cp`, `run`.
@NullMarked
package io.coxswain.cli.commands.pod;

import org.jspecify.annotations.NullMarked;
