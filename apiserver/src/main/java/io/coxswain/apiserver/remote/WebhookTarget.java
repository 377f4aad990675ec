package io.coxswain.apiserver.remote;

import io.coxswain.api.admissionregistration.WebhookClientConfig;
import io.coxswain.api.apiextensions.CustomResourceDefinition;
import org.jspecify.annotations.Nullable;

/// Which server answers a webhook: a URL, or a Service of the cluster.
///
/// @param trust who vouches for it
public record WebhookTarget(
        @Nullable String url, @Nullable OfService service, Connections.Trust trust) {

    /// @param path with a leading slash
    public record OfService(String namespace, String name, int port, String path) {

        private static final int PORT = 443;

        static OfService of(
                String namespace, String name, @Nullable Integer port, @Nullable String path) {
            var rest = path == null || path.isEmpty() ? "/" : path;
            return new OfService(
                    namespace,
                    name,
                    port == null ? PORT : port,
                    rest.startsWith("/") ? rest : "/" + rest);
        }

        /// What its certificate is for.
        String host() {
            return name + "." + namespace + ".svc";
        }
    }

    public static WebhookTarget of(WebhookClientConfig config) {
        var service = config.service();
        return new WebhookTarget(
                config.url(),
                service == null
                        ? null
                        : OfService.of(
                                service.namespace(),
                                service.name(),
                                service.port(),
                                service.path()),
                Connections.Trust.of(config.caBundle()));
    }

    public static WebhookTarget of(CustomResourceDefinition.WebhookClientConfig config) {
        var service = config.service();
        return new WebhookTarget(
                config.url(),
                service == null
                        ? null
                        : OfService.of(
                                service.namespace(),
                                service.name(),
                                service.port(),
                                service.path()),
                Connections.Trust.of(config.caBundle()));
    }
}
