/// What a command line points at: objects in files, and objects of the server by type and name.
@NullMarked
package io.coxswain.cli.resource;

import org.jspecify.annotations.NullMarked;
