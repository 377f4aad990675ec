@NullMarked
package io.coxswain.cluster.security;

import org.jspecify.annotations.NullMarked;
