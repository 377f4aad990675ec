/// The commands of `cox`, one class each; [io.coxswain.cluster.commands.Commands] is the list.
@NullMarked
package io.coxswain.cluster.commands;

import org.jspecify.annotations.NullMarked;
