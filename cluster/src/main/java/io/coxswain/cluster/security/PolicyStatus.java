package io.coxswain.cluster.security;

import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy.TypeChecking;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy.ValidatingAdmissionPolicyStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.policy.TypeCheck;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;

/// Writes into the status of each ValidatingAdmissionPolicy what its expressions get wrong.
public final class PolicyStatus implements Controller<ValidatingAdmissionPolicy> {

    private final TypeCheck check;

    private PolicyStatus(TypeCheck check) {
        this.check = check;
    }

    public static Registration<ValidatingAdmissionPolicy> registration(TypeCheck check) {
        return Registration.of(
                "validatingadmissionpolicy-status",
                ValidatingAdmissionPolicy.class,
                new PolicyStatus(check));
    }

    @Override
    public Plan reconcile(ValidatingAdmissionPolicy policy, View view) {
        var generation = policy.metadata().generation();
        if (generation <= policy.status().observedGeneration()) {
            return Plan.NOTHING;
        }
        var status =
                Edit.of(policy.status())
                        .set(ValidatingAdmissionPolicyStatus::observedGeneration, generation)
                        .set(
                                ValidatingAdmissionPolicyStatus::typeChecking,
                                new TypeChecking(check.warnings(policy)))
                        .done();
        return Plan.of(
                Step.updateStatus(Edit.with(policy, ValidatingAdmissionPolicy::status, status)));
    }
}
