/// What upstream wrote is read, and what is written upstream can read.
@NullMarked
package io.coxswain.apiserver.layout;

import org.jspecify.annotations.NullMarked;
