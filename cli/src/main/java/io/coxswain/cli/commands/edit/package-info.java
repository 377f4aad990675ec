/// Commands that put a file in the place of an object: `replace`, `edit`, and `diff`, which only
/// shows what would change.
@NullMarked
package io.coxswain.cli.commands.edit;

import org.jspecify.annotations.NullMarked;
