@NullMarked
package io.coxswain.apiserver.encryption;

import org.jspecify.annotations.NullMarked;
