/// Tests of what is written down about requests.
@NullMarked
package io.coxswain.apiserver.audit;

import org.jspecify.annotations.NullMarked;
