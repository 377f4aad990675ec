/// What webhooks are asked and what is made of their answers.
@NullMarked
package io.coxswain.apiserver.crd.conversion;

import org.jspecify.annotations.NullMarked;
