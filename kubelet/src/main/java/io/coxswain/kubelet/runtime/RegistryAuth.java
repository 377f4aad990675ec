package io.coxswain.kubelet.runtime;

import org.jspecify.annotations.Nullable;

/// Credentials for a registry: a user with a password, or a token.
public record RegistryAuth(
        @Nullable String username,
        @Nullable String password,
        @Nullable String serverAddress,
        @Nullable String identityToken,
        @Nullable String registryToken) {

    public static RegistryAuth basic(String username, String password) {
        return new RegistryAuth(username, password, null, null, null);
    }

    /// Never shows a secret.
    @Override
    public String toString() {
        return "RegistryAuth[username=" + username + ", serverAddress=" + serverAddress + "]";
    }
}
