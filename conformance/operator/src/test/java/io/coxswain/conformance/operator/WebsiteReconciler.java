package io.coxswain.conformance.operator;

import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.Workflow;
import io.javaoperatorsdk.operator.api.reconciler.dependent.Dependent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps a website's map and servers, and says how many are ready.
@Workflow(dependents = {@Dependent(type = PageMap.class), @Dependent(type = Servers.class)})
@ControllerConfiguration(finalizerName = "conformance.example.com/cleanup")
public class WebsiteReconciler implements Reconciler<Website>, Cleaner<Website> {

    private final List<String> cleaned = new CopyOnWriteArrayList<>();

    @Override
    public UpdateControl<Website> reconcile(Website website, Context<Website> context) {
        var status = new Website.Status();
        status.observedGeneration = website.getMetadata().getGeneration();
        status.ready =
                context.getSecondaryResource(Deployment.class)
                        .map(Deployment::getStatus)
                        .map(it -> it.getReadyReplicas() == null ? 0 : it.getReadyReplicas())
                        .orElse(0);
        website.setStatus(status);
        return UpdateControl.patchStatus(website);
    }

    @Override
    public DeleteControl cleanup(Website website, Context<Website> context) {
        cleaned.add(website.getMetadata().getName());
        return DeleteControl.defaultDelete();
    }

    List<String> cleaned() {
        return cleaned;
    }
}
