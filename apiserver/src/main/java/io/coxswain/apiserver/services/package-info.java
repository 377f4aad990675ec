/// The addresses of Services: cluster IPs and node ports, given out when a Service is written, and
/// the Service through which pods reach the API server itself.
@NullMarked
package io.coxswain.apiserver.services;

import org.jspecify.annotations.NullMarked;
