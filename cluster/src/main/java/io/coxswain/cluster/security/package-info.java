/// From the flags of an API server to whom it knows, who decides, and what is written down:
/// [io.coxswain.cluster.security.SecuritySettings] is what was asked for,
/// [io.coxswain.cluster.security.SecurityParts] what was made of it.
@NullMarked
package io.coxswain.cluster.security;

import org.jspecify.annotations.NullMarked;
