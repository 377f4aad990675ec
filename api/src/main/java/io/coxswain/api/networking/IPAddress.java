package io.coxswain.api.networking;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.OmitEmpty;
import io.coxswain.api.schema.Required;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Scope;

@Kind(
        group = "networking.k8s.io",
        version = "v1",
        plural = "ipaddresses",
        shortNames = "ip",
        scope = Scope.CLUSTER)
public record IPAddress(ObjectMeta metadata, @Required IPAddressSpec spec) implements Resource {

    public record IPAddressSpec(@Required @OmitEmpty ParentReference parentRef) {}

    public record ParentReference(
            String group,
            @Required @OmitEmpty String resource,
            String namespace,
            @Required @OmitEmpty String name) {}
}
