/// Tests of what belongs to one connection of Netty's.
@NullMarked
package io.coxswain.http.netty;

import org.jspecify.annotations.NullMarked;
