package io.coxswain.api.core.pods;

import io.coxswain.api.core.PodTemplateSpec;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Sent;
import io.coxswain.api.validation.Selectors;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The rules of a selector and a template that belong together, as in every kind that keeps pods.
public final class TemplateValidation {

    private TemplateValidation() {}

    /// Reports at `errors`, which stands at the owner's spec; `kind` is named in messages.
    public static void forPodsThatStay(
            LabelSelector selector, PodTemplateSpec template, String kind, FieldErrors errors) {
        Selectors.check(selector, errors.at("selector"));
        if (Sent.isAbsent(selector)) {
            if (!kind.equals("DaemonSet")) {
                errors.at("selector").required("");
            }
            mismatch(template.metadata().labels(), errors.at("template")); // It selects nothing.
        } else if (Selectors.isEmpty(selector)) {
            errors.at("selector")
                    .invalid(
                            selector,
                            "empty selector is invalid for " + kind.toLowerCase(Locale.ROOT));
        } else {
            matches(selector, template, errors.at("template"));
        }
        PodValidation.template(template, errors.at("template"));
        staysUp(template, kind, errors.at("template").at("spec"));
    }

    /// Reports at `errors`, which stands at the template.
    public static void matches(
            LabelSelector selector, PodTemplateSpec template, FieldErrors errors) {
        if (!Selectors.matches(selector, template.metadata().labels())) {
            mismatch(template.metadata().labels(), errors);
        }
    }

    public static void mismatch(Map<String, String> labels, FieldErrors errors) {
        errors.at("metadata")
                .at("labels")
                .invalid(
                        labels.isEmpty() ? null : labels,
                        "`selector` does not match template `labels`");
    }

    public static void staysUp(PodTemplateSpec template, String kind, FieldErrors errors) {
        var policy = template.spec().restartPolicy();
        if (!policy.equals("Always") && !policy.isEmpty()) {
            errors.at("restartPolicy").notSupported(policy, List.of("Always"));
        }
        if (template.spec().activeDeadlineSeconds() != null) {
            errors.at("activeDeadlineSeconds")
                    .forbidden("activeDeadlineSeconds in " + kind + " is not Supported");
        }
    }
}
