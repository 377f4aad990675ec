/// Storage that is in use stays until it is not: admission puts a finalizer on claims, volumes and
/// volume attributes classes, and what is here takes it off.
@NullMarked
package io.coxswain.controllers.protection;

import org.jspecify.annotations.NullMarked;
