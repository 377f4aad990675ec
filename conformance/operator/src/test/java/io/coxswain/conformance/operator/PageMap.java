package io.coxswain.conformance.operator;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.CRUDKubernetesDependentResource;
import io.javaoperatorsdk.operator.processing.dependent.kubernetes.KubernetesDependent;

/// The ConfigMap that holds the page of a website.
@KubernetesDependent
public class PageMap extends CRUDKubernetesDependentResource<ConfigMap, Website> {

    public PageMap() {
        super(ConfigMap.class);
    }

    @Override
    protected ConfigMap desired(Website website, Context<Website> context) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(website.getMetadata().getName())
                .withNamespace(website.getMetadata().getNamespace())
                .endMetadata()
                .addToData("index.html", website.getSpec().page)
                .build();
    }
}
