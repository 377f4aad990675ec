/// Which pods stand behind a Service: EndpointSlices, and the older Endpoints for who still reads
/// them.
@NullMarked
package io.coxswain.controllers.endpoints;

import org.jspecify.annotations.NullMarked;
