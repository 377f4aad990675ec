/// What the server serves, told to clients: legacy and aggregated discovery, version, health.
@NullMarked
package io.coxswain.apiserver.discovery;

import org.jspecify.annotations.NullMarked;
