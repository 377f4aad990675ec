package io.coxswain.api.core;

import io.coxswain.api.core.rules.EndpointsValidation;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Kind(version = "v1", plural = "endpoints", shortNames = "ep")
public record Endpoints(ObjectMeta metadata, List<EndpointSubset> subsets) implements Resource {

    public record EndpointSubset(
            List<EndpointAddress> addresses,
            List<EndpointAddress> notReadyAddresses,
            List<EndpointPort> ports) {}

    @Atomic
    public record EndpointAddress(
            @Required String ip,
            String hostname,
            @Nullable String nodeName,
            @Nullable ObjectReference targetRef) {}

    @Atomic
    public record EndpointPort(
            String name,
            @Required int port,
            @OneOf({"SCTP", "TCP", "UDP"}) String protocol,
            @Nullable String appProtocol) {}

    public static final Strategy<Endpoints> STRATEGY =
            Strategy.<Endpoints>standard()
                    .withoutGeneration()
                    .allowCreateOnUpdate()
                    .defaults(EndpointsValidation::withDefaults)
                    .validate(EndpointsValidation::check);
}
