/// `set`: changes one aspect of objects; a file per aspect. [PodSpecs] is what they share.
@NullMarked
package io.coxswain.cli.commands.set;

import org.jspecify.annotations.NullMarked;
