package io.coxswain.apiserver.aggregation;

import io.coxswain.api.apiregistration.APIService.ServiceReference;
import java.net.InetSocketAddress;

/// Where the server behind a Service is.
public interface ServiceAddresses {

    /// Whether there is one, and where.
    sealed interface Found {
        record At(InetSocketAddress address) implements Found {}

        /// @param reason as conditions of APIServices name it
        record Nowhere(String reason, String message) implements Found {}
    }

    Found find(ServiceReference service);

    /// 443 where the reference says nothing.
    static int port(ServiceReference service) {
        var port = service.port();
        return port == null ? 443 : port;
    }
}
