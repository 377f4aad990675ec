@NullMarked
package io.coxswain.apiserver.admission.optional;

import org.jspecify.annotations.NullMarked;
