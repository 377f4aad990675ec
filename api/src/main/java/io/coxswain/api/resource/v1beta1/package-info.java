/// Version v1beta1 of the kinds whose form changed before they became final. Objects are stored as
/// those of `io.coxswain.api.resource`, which [Conversions] turns them into and back.
@NullMarked
package io.coxswain.api.resource.v1beta1;

import org.jspecify.annotations.NullMarked;
