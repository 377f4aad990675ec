package io.coxswain.apiserver.admission;

import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.authorization.Attributes;
import io.coxswain.apiserver.authorization.Authorizer;

/// A bundle of trust anchors speaks for a signer only if its writer may `attest` for that signer
/// (upstream's plugin ClusterTrustBundleAttest).
record TrustBundleAttest(Authorizer authorizer) implements AdmissionPlugin {

    private static final String GROUP = "certificates.k8s.io";

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (!request.is("clustertrustbundles." + GROUP)
                || request.operation() == Operation.DELETE) {
            return;
        }
        var signer = request.tree(object).object("spec").text("signerName");
        if (signer.isEmpty()) {
            return;
        }
        var slash = signer.indexOf('/');
        var domain = slash < 0 ? signer : signer.substring(0, slash);
        if (!may(request, signer) && !may(request, domain + "/*")) {
            throw request.forbidden(
                    "user not permitted to attest for signerName \"" + signer + "\"");
        }
    }

    private boolean may(AdmissionRequest<?> request, String name) {
        var question = new Attributes(request.user(), "attest", GROUP, "", "signers", "", name, "");
        return authorizer.authorize(question) instanceof Authorizer.Allowed;
    }
}
