/// The end of a namespace: its pods first, then everything else, then the namespace itself.
@NullMarked
package io.coxswain.controllers.namespace;

import org.jspecify.annotations.NullMarked;
