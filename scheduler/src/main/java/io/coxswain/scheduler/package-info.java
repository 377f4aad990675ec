@NullMarked
package io.coxswain.scheduler;

import org.jspecify.annotations.NullMarked;
