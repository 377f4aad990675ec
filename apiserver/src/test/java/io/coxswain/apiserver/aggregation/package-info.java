/// Tests of the way to other servers.
@NullMarked
package io.coxswain.apiserver.aggregation;

import org.jspecify.annotations.NullMarked;
