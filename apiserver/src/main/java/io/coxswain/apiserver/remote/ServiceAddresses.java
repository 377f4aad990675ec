package io.coxswain.apiserver.remote;

import java.net.InetSocketAddress;

/// Where the server behind a Service is.
public interface ServiceAddresses {

    /// Whether there is one, and where.
    sealed interface Found {
        record At(InetSocketAddress address) implements Found {}

        /// @param reason as conditions of APIServices name it
        /// @param message as their conditions explain it
        /// @param dialing as who dials is told
        record Nowhere(String reason, String message, String dialing) implements Found {}
    }

    Found find(String namespace, String name, int port);
}
