package io.coxswain.api.networking;

import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import java.util.List;

public record HTTPIngressRuleValue(@Required List<HTTPIngressPath> paths) {

    public record HTTPIngressPath(
            String path,
            @Required @Always @OneOf({"Exact", "ImplementationSpecific", "Prefix"}) String pathType,
            @Required IngressBackend backend) {}
}
