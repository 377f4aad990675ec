/// The controller runtime. A [Controller] looks at one object and a [View] and returns a [Plan];
/// the runtime carries the plan out and holds the key back until the view shows those writes.
@NullMarked
package io.coxswain.client.controller;

import org.jspecify.annotations.NullMarked;
