@NullMarked
package io.coxswain.apiserver.policy;

import org.jspecify.annotations.NullMarked;
