package io.coxswain.api.core;

import io.coxswain.api.core.rules.ServiceRules;
import io.coxswain.api.core.rules.ServiceValidation;
import io.coxswain.api.meta.Condition;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Default;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.validation.Names;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "services", shortNames = "svc", categories = "all")
public record Service(ObjectMeta metadata, ServiceSpec spec, ServiceStatus status)
        implements Resource {

    public record ServiceSpec(
            @ListMap({"port", "protocol"}) List<ServicePort> ports,
            @Atomic Map<String, String> selector,
            String clusterIP,
            List<String> clusterIPs,
            @OneOf({"ClusterIP", "ExternalName", "LoadBalancer", "NodePort"}) String type,
            List<String> externalIPs,
            @OneOf({"ClientIP", "None"}) String sessionAffinity,
            String loadBalancerIP,
            List<String> loadBalancerSourceRanges,
            String externalName,
            @OneOf({"Cluster", "Local"}) String externalTrafficPolicy,
            int healthCheckNodePort,
            boolean publishNotReadyAddresses,
            @Nullable SessionAffinityConfig sessionAffinityConfig,
            List<String> ipFamilies,
            @Nullable @OneOf({"PreferDualStack", "RequireDualStack", "SingleStack"})
                    String ipFamilyPolicy,
            @Nullable Boolean allocateLoadBalancerNodePorts,
            @Nullable String loadBalancerClass,
            @Nullable @OneOf({"Cluster", "Local"}) String internalTrafficPolicy,
            @Nullable String trafficDistribution) {}

    public record ServicePort(
            String name,
            @Default("TCP") @OneOf({"SCTP", "TCP", "UDP"}) String protocol,
            @Nullable String appProtocol,
            @Required int port,
            @Always IntOrString targetPort,
            int nodePort) {}

    public record SessionAffinityConfig(@Nullable ClientIPConfig clientIP) {}

    public record ClientIPConfig(@Nullable Integer timeoutSeconds) {}

    public record ServiceStatus(
            LoadBalancerStatus loadBalancer, @ListMap("type") List<Condition> conditions) {}

    public record LoadBalancerStatus(List<LoadBalancerIngress> ingress) {}

    public record LoadBalancerIngress(
            String ip, String hostname, @Nullable String ipMode, List<PortStatus> ports) {}

    public record PortStatus(
            @Required int port,
            @Required @OneOf({"SCTP", "TCP", "UDP"}) String protocol,
            @Nullable String error) {}

    public static final Strategy<Service> STRATEGY =
            Strategy.<Service>standard()
                    .answerDeleted()
                    .withoutGeneration()
                    .allowCreateOnUpdate()
                    .names(Names.LABEL_NAME)
                    .subresources("status", "proxy")
                    .defaults(ServiceRules::withDefaults)
                    .beforeCreate(ServiceRules::withOneClusterIp)
                    .beforeUpdate(ServiceRules::prepareForUpdate)
                    .validate(ServiceValidation::check)
                    .validateUpdate(ServiceValidation::update)
                    .fields(Service::fields);

    private Map<String, String> fields() {
        return Map.of("spec.clusterIP", spec.clusterIP(), "spec.type", spec.type());
    }
}
