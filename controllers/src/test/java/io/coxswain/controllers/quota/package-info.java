/// What quotas are found to be used.
@NullMarked
package io.coxswain.controllers.quota;

import org.jspecify.annotations.NullMarked;
