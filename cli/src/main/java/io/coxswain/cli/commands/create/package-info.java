/// `create` and its subcommands, which make objects of flags. Each subcommand only says what the
/// object is; [Creation] sends or prints it.
@NullMarked
package io.coxswain.cli.commands.create;

import org.jspecify.annotations.NullMarked;
