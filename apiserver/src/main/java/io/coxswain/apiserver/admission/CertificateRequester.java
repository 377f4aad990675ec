package io.coxswain.apiserver.admission;

import io.coxswain.api.certificates.CertificateSigningRequest;
import io.coxswain.api.certificates.CertificateSigningRequest.CertificateSigningRequestSpec;
import io.coxswain.api.schema.Edit;

/// A signing request says who made it; what its sender writes there counts for nothing.
record CertificateRequester() implements AdmissionPlugin {

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (!request.creates("certificatesigningrequests.certificates.k8s.io")
                || !(object instanceof CertificateSigningRequest asked)) {
            return object;
        }
        var user = request.user();
        var spec =
                Edit.of(asked.spec())
                        .set(CertificateSigningRequestSpec::username, user.name())
                        .set(CertificateSigningRequestSpec::uid, user.uid())
                        .set(CertificateSigningRequestSpec::groups, user.groups())
                        .set(CertificateSigningRequestSpec::extra, user.extra())
                        .done();
        return (T) Edit.with(asked, CertificateSigningRequest::spec, spec);
    }
}
