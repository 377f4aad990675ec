package io.coxswain.controllers.serviceaccount;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.util.Map;

/// Keeps a ConfigMap `kube-root-ca.crt` in every namespace, by which pods verify the API server.
public final class RootCaPublisher implements Controller<Namespace> {

    public static final String NAME = "kube-root-ca.crt";

    private static final Map<String, String> DESCRIPTION =
            Map.of(
                    "kubernetes.io/description",
                    "Contains a CA bundle that can be used to verify the kube-apiserver when using"
                            + " internal endpoints such as the internal service IP or"
                            + " kubernetes.default.svc. No other usage is guaranteed across"
                            + " distributions of Kubernetes clusters.");

    private final Map<String, String> data;

    /// @param certificates the authority's certificates, as PEM
    public RootCaPublisher(String certificates) {
        this.data = Map.of("ca.crt", certificates);
    }

    @Override
    public Plan reconcile(Namespace namespace, View view) {
        if (namespace.deleting() || namespace.status().phase().equals("Terminating")) {
            return Plan.NOTHING;
        }
        var present = view.find(ConfigMap.class, namespace.name(), NAME);
        if (present == null) {
            var metadata =
                    Edit.of(ObjectMeta.class)
                            .set(ObjectMeta::name, NAME)
                            .set(ObjectMeta::namespace, namespace.name())
                            .set(ObjectMeta::annotations, DESCRIPTION)
                            .done();
            return Plan.of(
                    Step.create(
                            Edit.of(ConfigMap.class)
                                    .set(ConfigMap::metadata, metadata)
                                    .set(ConfigMap::data, data)
                                    .done()));
        }
        return present.data().equals(data)
                ? Plan.NOTHING
                : Plan.of(Step.update(Edit.with(present, ConfigMap::data, data)));
    }
}
