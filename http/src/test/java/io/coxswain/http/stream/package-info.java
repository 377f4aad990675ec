/// Tests of streams over upgraded connections, in memory.
@NullMarked
package io.coxswain.http.stream;

import org.jspecify.annotations.NullMarked;
