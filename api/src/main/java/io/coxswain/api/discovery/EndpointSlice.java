package io.coxswain.api.discovery;

import io.coxswain.api.core.ObjectReference;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.ListSet;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.validation.Values;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

@Kind(group = "discovery.k8s.io", version = "v1", plural = "endpointslices")
public record EndpointSlice(
        ObjectMeta metadata,
        @Required @OneOf({"FQDN", "IPv4", "IPv6"}) String addressType,
        @Always List<Endpoint> endpoints,
        @Always List<EndpointPort> ports)
        implements Resource {

    public record Endpoint(
            @Required @ListSet List<String> addresses,
            EndpointConditions conditions,
            @Nullable String hostname,
            @Nullable ObjectReference targetRef,
            Map<String, String> deprecatedTopology,
            @Nullable String nodeName,
            @Nullable String zone,
            @Nullable EndpointHints hints) {}

    public record EndpointConditions(
            @Nullable Boolean ready, @Nullable Boolean serving, @Nullable Boolean terminating) {}

    public record EndpointHints(List<ForZone> forZones, List<ForNode> forNodes) {}

    public record ForZone(@Required String name) {}

    public record ForNode(@Required String name) {}

    @Atomic
    public record EndpointPort(
            @Nullable String name,
            @Nullable @OneOf({"SCTP", "TCP", "UDP"}) String protocol,
            @Nullable Integer port,
            @Nullable String appProtocol) {}

    public static final Strategy<EndpointSlice> STRATEGY =
            Strategy.<EndpointSlice>standard()
                    .reportMetadataOnce()
                    .countToo((old, updated) ->
                            !old.metadata().labels().equals(updated.metadata().labels()))
                    .defaults(EndpointSliceRules::withDefaults)
                    .beforeCreate(EndpointSliceRules::withoutTopology)
                    .validate(EndpointSliceRules::check)
                    .validateUpdate((old, updated, errors) ->
                            Values.immutable(
                                    old.addressType(),
                                    updated.addressType(),
                                    errors.at("addressType")))
                    .warnings(EndpointSliceRules::warnings);
}
