@NullMarked
package io.coxswain.apiserver.remote;

import org.jspecify.annotations.NullMarked;
