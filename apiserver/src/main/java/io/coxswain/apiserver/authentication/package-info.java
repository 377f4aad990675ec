/// Who is calling: client certificates, static tokens and service-account tokens, asked in order.
@NullMarked
package io.coxswain.apiserver.authentication;

import org.jspecify.annotations.NullMarked;
