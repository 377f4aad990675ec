package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.Pod;

/// Tokens of service accounts, each bound to a pod. Blocks while it asks the API.
@FunctionalInterface
public interface Tokens {

    /// A token that is good for a while yet; the same one until most of its life is over.
    ///
    /// @param audience empty: the API server
    String token(Pod pod, String audience, long expirationSeconds);
}
