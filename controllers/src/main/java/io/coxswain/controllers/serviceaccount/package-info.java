/// What every namespace gets without asking: its `default` ServiceAccount and the certificate of
/// the cluster's authority.
@NullMarked
package io.coxswain.controllers.serviceaccount;

import org.jspecify.annotations.NullMarked;
