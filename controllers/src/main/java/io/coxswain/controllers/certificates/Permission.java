package io.coxswain.controllers.certificates;

import io.coxswain.api.authorization.ResourceAttributes;
import io.coxswain.api.authorization.SubjectAccessReview;
import io.coxswain.api.authorization.SubjectAccessReviewSpec;
import io.coxswain.api.certificates.CertificateSigningRequest;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.Client;

/// Whether whoever made a signing request may have such a certificate without anybody being asked.
@FunctionalInterface
public interface Permission {

    /// @param kind `nodeclient` or `selfnodeclient`
    boolean grants(CertificateSigningRequest request, String kind);

    /// As the authorizers of the API server say.
    static Permission reviewedBy(Client client) {
        return (request, kind) -> {
            var asked = request.spec();
            var attributes =
                    Edit.of(ResourceAttributes.class)
                            .set(ResourceAttributes::group, "certificates.k8s.io")
                            .set(ResourceAttributes::version, "*")
                            .set(ResourceAttributes::resource, "certificatesigningrequests")
                            .set(ResourceAttributes::subresource, kind)
                            .set(ResourceAttributes::verb, "create")
                            .done();
            var spec =
                    Edit.of(SubjectAccessReviewSpec.class)
                            .set(SubjectAccessReviewSpec::user, asked.username())
                            .set(SubjectAccessReviewSpec::uid, asked.uid())
                            .set(SubjectAccessReviewSpec::groups, asked.groups())
                            .set(SubjectAccessReviewSpec::extra, asked.extra())
                            .set(SubjectAccessReviewSpec::resourceAttributes, attributes)
                            .done();
            var review =
                    Edit.of(SubjectAccessReview.class).set(SubjectAccessReview::spec, spec).done();
            return client.create(review).status().allowed();
        };
    }
}
