package io.coxswain.api.networking;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(group = "networking.k8s.io", version = "v1", plural = "ingresses", shortNames = "ing")
public record Ingress(ObjectMeta metadata, IngressSpec spec, IngressStatus status)
        implements Resource {

    public record IngressSpec(
            @Nullable String ingressClassName,
            @Nullable IngressBackend defaultBackend,
            List<IngressTLS> tls,
            List<IngressRule> rules) {}

    public record IngressTLS(List<String> hosts, String secretName) {}

    public record IngressRule(String host, @Nullable HTTPIngressRuleValue http) {}

    public record IngressStatus(IngressLoadBalancerStatus loadBalancer) {}

    public record IngressLoadBalancerStatus(List<IngressLoadBalancerIngress> ingress) {}

    public record IngressLoadBalancerIngress(
            String ip, String hostname, List<IngressPortStatus> ports) {}

    public record IngressPortStatus(
            @Required int port,
            @Required @OneOf({"SCTP", "TCP", "UDP"}) String protocol,
            @Nullable String error) {}

    public static final Strategy<Ingress> STRATEGY =
            Strategy.<Ingress>standard()
                    .reportMetadataAgain()
                    .subresources("status")
                    .validate(IngressRules::check);
}
