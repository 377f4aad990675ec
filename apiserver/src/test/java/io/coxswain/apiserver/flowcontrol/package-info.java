/// Tests of priority and fairness.
@NullMarked
package io.coxswain.apiserver.flowcontrol;

import org.jspecify.annotations.NullMarked;
