package io.coxswain.api.authentication;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Resource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Lives only as a subresource: `tokenrequests` is in no path.
@Kind(group = "authentication.k8s.io", version = "v1", plural = "tokenrequests")
public record TokenRequest(ObjectMeta metadata, TokenRequestSpec spec, TokenRequestStatus status)
        implements Resource {

    public record TokenRequestSpec(
            @Always List<String> audiences,
            @Nullable @Always Long expirationSeconds,
            @Nullable @Always BoundObjectReference boundObjectRef) {}

    public record BoundObjectReference(String kind, String apiVersion, String name, String uid) {}

    public record TokenRequestStatus(
            @Always String token, @Nullable @Always Instant expirationTimestamp) {}
}
