/// Conversion of custom objects by webhooks: what is asked, and what of the answer is believed.
@NullMarked
package io.coxswain.apiserver.crd.conversion;

import org.jspecify.annotations.NullMarked;
