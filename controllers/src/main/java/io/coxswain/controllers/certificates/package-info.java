/// CertificateSigningRequests: who gets one approved without being asked, what the cluster's
/// authority signs, and when a request is old enough to go.
///
/// A kubelet joins with a token, asks for a client certificate, and from then on renews it by
/// itself with the one it has.
@NullMarked
package io.coxswain.controllers.certificates;

import org.jspecify.annotations.NullMarked;
