/// The commands about nodes: `cordon`, `uncordon`, `drain`, `taint`, `top`.
@NullMarked
package io.coxswain.cli.commands.node;

import org.jspecify.annotations.NullMarked;
