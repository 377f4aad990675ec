/// The official Java client, as it is published: generated calls, watches, informers and utilities.
@NullMarked
package io.coxswain.conformance.official;

import org.jspecify.annotations.NullMarked;
