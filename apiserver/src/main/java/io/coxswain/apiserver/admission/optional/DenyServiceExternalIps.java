package io.coxswain.apiserver.admission.optional;

import io.coxswain.api.core.Service;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import java.util.List;

/// No Service claims an external address that it did not have: whoever may make Services could
/// take other people's traffic with them.
public record DenyServiceExternalIps() implements AdmissionPlugin {

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        var writes = request.creates("services") || request.updates("services");
        if (!writes || !(object instanceof Service service)) {
            return;
        }
        var known =
                request.old() instanceof Service old ? old.spec().externalIPs() : List.<String>of();
        if (!known.containsAll(service.spec().externalIPs())) {
            throw request.forbidden("Use of external IPs is denied by admission control");
        }
    }
}
