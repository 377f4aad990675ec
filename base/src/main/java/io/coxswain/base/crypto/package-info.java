/// Ciphers that the JDK does not have.
@NullMarked
package io.coxswain.base.crypto;

import org.jspecify.annotations.NullMarked;
