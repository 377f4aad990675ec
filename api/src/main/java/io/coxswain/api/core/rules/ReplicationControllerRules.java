package io.coxswain.api.core.rules;

import io.coxswain.api.core.ReplicationController;
import io.coxswain.api.core.ReplicationController.ReplicationControllerSpec;
import io.coxswain.api.core.pods.PodDefaults;
import io.coxswain.api.core.pods.PodValidation;
import io.coxswain.api.core.pods.TemplateValidation;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Values;
import java.util.Map;
import java.util.Objects;

/// The defaults and rules of ReplicationControllers.
public final class ReplicationControllerRules {

    private ReplicationControllerRules() {}

    /// Labels and selector are those of the template where they are not given.
    public static ReplicationController withDefaults(ReplicationController controller) {
        var spec = controller.spec();
        var template = spec.template();
        Map<String, String> labels = template == null ? Map.of() : template.metadata().labels();
        var edit =
                Edit.of(spec)
                        .set(
                                ReplicationControllerSpec::replicas,
                                Objects.requireNonNullElse(spec.replicas(), 1));
        if (spec.selector().isEmpty()) {
            edit.set(ReplicationControllerSpec::selector, labels);
        }
        if (template != null) {
            edit.set(ReplicationControllerSpec::template, PodDefaults.template(template));
        }
        var metadata = controller.metadata();
        return Edit.of(controller)
                .set(
                        ReplicationController::metadata,
                        metadata.labels().isEmpty()
                                ? Edit.with(metadata, ObjectMeta::labels, labels)
                                : metadata)
                .set(ReplicationController::spec, edit.done())
                .done();
    }

    public static void check(ReplicationController controller, FieldErrors all) {
        var spec = controller.spec();
        var errors = all.at("spec");
        Values.nonNegative(spec.minReadySeconds(), errors.at("minReadySeconds"));
        if (spec.selector().isEmpty()) {
            errors.at("selector").required("");
        }
        Values.nonNegative(spec.replicas(), errors.at("replicas"));
        var template = spec.template();
        if (template == null) {
            errors.at("template").required("");
            return;
        }
        var labels = template.metadata().labels();
        if (!spec.selector().isEmpty()
                && !labels.entrySet().containsAll(spec.selector().entrySet())) {
            TemplateValidation.mismatch(labels, errors.at("template"));
        }
        PodValidation.template(template, errors.at("template"));
        TemplateValidation.staysUp(
                template, "ReplicationController", errors.at("template").at("spec"));
    }

    public static void status(
            ReplicationController old, ReplicationController updated, FieldErrors all) {
        var status = updated.status();
        var errors = all.at("status");
        Values.nonNegative(status.replicas(), errors.at("replicas"));
        Values.nonNegative(status.fullyLabeledReplicas(), errors.at("fullyLabeledReplicas"));
        Values.nonNegative(status.readyReplicas(), errors.at("readyReplicas"));
        Values.nonNegative(status.availableReplicas(), errors.at("availableReplicas"));
        Values.nonNegative(status.observedGeneration(), errors.at("observedGeneration"));
    }
}
