/// The OpenAPI documents: what every kind looks like, derived from the records, and which paths
/// there are, derived from the same list as discovery. Made on first use, kept as bytes.
@NullMarked
package io.coxswain.apiserver.openapi;

import org.jspecify.annotations.NullMarked;
