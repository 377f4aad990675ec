/// Tests of who may do what.
@NullMarked
package io.coxswain.apiserver.authorization;

import org.jspecify.annotations.NullMarked;
