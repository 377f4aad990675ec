@NullMarked
package io.coxswain.api.proto;

import org.jspecify.annotations.NullMarked;
