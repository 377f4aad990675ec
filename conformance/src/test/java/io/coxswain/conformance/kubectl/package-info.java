/// The kubectl that Debian ships, sixteen minor versions older than the server.
@NullMarked
package io.coxswain.conformance.kubectl;

import org.jspecify.annotations.NullMarked;
