/// Command lines with the grammar of cobra and pflag, the one kubectl users know. A command's flags
/// are the components of a record; parsing fills the record in, `--help` is derived from it.
@NullMarked
package io.coxswain.base.flags;

import org.jspecify.annotations.NullMarked;
