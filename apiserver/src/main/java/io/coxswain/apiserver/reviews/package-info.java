/// Questions asked by creating an object that is never stored: who am I, may I, what may I.
@NullMarked
package io.coxswain.apiserver.reviews;

import org.jspecify.annotations.NullMarked;
