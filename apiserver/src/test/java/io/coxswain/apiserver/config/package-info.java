@NullMarked
package io.coxswain.apiserver.config;

import org.jspecify.annotations.NullMarked;
