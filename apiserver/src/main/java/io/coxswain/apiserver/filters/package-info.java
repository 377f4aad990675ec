/// What happens to every request before it reaches a verb: [io.coxswain.apiserver.filters.Filters]
/// lists the filters in execution order. A filter answers itself or hands a call on to the next.
@NullMarked
package io.coxswain.apiserver.filters;

import org.jspecify.annotations.NullMarked;
