/// CBOR (RFC 8949) as Kubernetes writes it: the values of JSON, names and texts as byte strings,
/// all lengths known, the whole behind the tag that says it is CBOR.
@NullMarked
package io.coxswain.api.cbor;

import org.jspecify.annotations.NullMarked;
