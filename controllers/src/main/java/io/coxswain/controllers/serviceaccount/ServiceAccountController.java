package io.coxswain.controllers.serviceaccount;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;

/// Gives every namespace a ServiceAccount `default`, and gives it back when it was deleted.
public final class ServiceAccountController implements Controller<Namespace> {

    @Override
    public Plan reconcile(Namespace namespace, View view) {
        if (namespace.deleting()
                || namespace.status().phase().equals("Terminating")
                || view.find(ServiceAccount.class, namespace.name(), "default") != null) {
            return Plan.NOTHING;
        }
        var metadata =
                Edit.of(ObjectMeta.class)
                        .set(ObjectMeta::name, "default")
                        .set(ObjectMeta::namespace, namespace.name())
                        .done();
        var account = Edit.of(ServiceAccount.class).set(ServiceAccount::metadata, metadata).done();
        return Plan.of(new Step.Create(account, true));
    }
}
