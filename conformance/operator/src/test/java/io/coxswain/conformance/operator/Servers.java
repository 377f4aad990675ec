package io.coxswain.conformance.operator;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/// The Deployment that serves a website.
@KubernetesDependent
public class Servers extends CRUDKubernetesDependentResource<Deployment, Website> {

    public Servers() {
        super(Deployment.class);
    }

    @Override
    protected Deployment desired(Website website, Context<Website> context) {
        var name = website.getMetadata().getName();
        return new DeploymentBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(website.getMetadata().getNamespace())
                .endMetadata()
                .withNewSpec()
                .withReplicas(website.getSpec().replicas)
                .withNewSelector()
                .addToMatchLabels("app", name)
                .endSelector()
                .withNewTemplate()
                .withNewMetadata()
                .addToLabels("app", name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("server")
                .withImage("localhost/server:1")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
