/// `config`: shows and changes kubeconfig files.
@NullMarked
package io.coxswain.cli.commands.config;

import org.jspecify.annotations.NullMarked;
