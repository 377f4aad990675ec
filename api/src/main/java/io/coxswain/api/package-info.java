/// The list of built-in kinds. The records themselves are in one package per API group.
@NullMarked
package io.coxswain.api;

import org.jspecify.annotations.NullMarked;
