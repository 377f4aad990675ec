@NullMarked
package io.coxswain.base.crypto;

import org.jspecify.annotations.NullMarked;
