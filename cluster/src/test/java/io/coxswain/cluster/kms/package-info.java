@NullMarked
package io.coxswain.cluster.kms;

import org.jspecify.annotations.NullMarked;
