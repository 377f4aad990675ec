/// Tests of who is calling.
@NullMarked
package io.coxswain.apiserver.authentication;

import org.jspecify.annotations.NullMarked;
