package io.coxswain.apiserver.policy;

import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy;
import io.coxswain.apiserver.cel.Bindings;
import io.coxswain.apiserver.cel.Budget;
import io.coxswain.apiserver.cel.CelFailure;
import java.util.ArrayList;
import java.util.List;

/// One evaluation of a policy, for one binding and one parameter.
final class ValidatingRun {

    private static final int MESSAGE_MAX = 5 * 1024;

    /// @param index of the expression; -1 for none
    /// @param reason for the status; may be empty
    record Failure(int index, String message, String reason) {}

    private final ValidatingAdmissionPolicy policy;
    private final ValidatingPrograms programs;
    private final Bindings bindings;
    private final Budget budget;
    private boolean applied;

    ValidatingRun(
            ValidatingAdmissionPolicy policy,
            ValidatingPrograms programs,
            Bindings request,
            Object param,
            Budget budget) {
        this.policy = policy;
        this.programs = programs;
        this.budget = budget;
        this.bindings = new WithVariables(request, param, programs.variables(), budget);
    }

    /// Failures, and what there is to say in the audit event. A policy whose conditions do not hold
    /// says nothing.
    List<Failure> all(AuditNotes notes) {
        var all = new ArrayList<>(failures());
        if (applied) {
            all.addAll(annotate(notes));
        }
        return all;
    }

    /// What does not hold; what cannot be evaluated counts as well, unless the policy says so.
    List<Failure> failures() {
        var failures = new ArrayList<Failure>();
        var ignores = "Ignore".equals(policy.spec().failurePolicy());
        try {
            if (!programs.conditions().hold(bindings, budget)) {
                return failures;
            }
            applied = true;
        } catch (CelFailure failure) {
            if (!ignores) {
                failures.add(new Failure(-1, failure.text(), ""));
            }
            return failures;
        }
        for (var i = 0; i < programs.rules().size(); i++) {
            var rule = programs.rules().get(i);
            try {
                if (!Boolean.TRUE.equals(rule.program().evaluate(bindings, budget))) {
                    var reason = rule.validation().reason();
                    failures.add(new Failure(i, message(rule), reason == null ? "" : reason));
                }
            } catch (CelFailure failure) {
                if (!ignores) {
                    failures.add(
                            new Failure(
                                    i,
                                    "expression '"
                                            + rule.program().text()
                                            + "' resulted in error: "
                                            + failure.text(),
                                    ""));
                }
            }
        }
        return failures;
    }

    /// Puts what the policy has to say about the request into `notes`; what cannot be evaluated is
    /// a failure.
    List<Failure> annotate(AuditNotes notes) {
        var failures = new ArrayList<Failure>();
        programs.annotations()
                .forEach((key, program) -> {
                    try {
                        if (program.evaluate(bindings, budget) instanceof String text) {
                            notes.annotate(policy.name() + "/" + key, text.strip());
                        }
                    } catch (CelFailure failure) {
                        failures.add(
                                new Failure(
                                        -1,
                                        "valueExpression '"
                                                + program.text()
                                                + "' resulted in error: "
                                                + failure.text(),
                                        ""));
                    }
                });
        return "Ignore".equals(policy.spec().failurePolicy()) ? List.of() : failures;
    }

    private String message(ValidatingPrograms.Rule rule) {
        var program = rule.messageProgram();
        if (program != null) {
            try {
                if (program.evaluate(bindings, budget) instanceof String text && fits(text)) {
                    return text.strip();
                }
            } catch (CelFailure failure) {
                return fixed(rule); // The fixed message is there for this.
            }
        }
        return fixed(rule);
    }

    private static String fixed(ValidatingPrograms.Rule rule) {
        var fixed = rule.validation().message().strip();
        return fixed.isEmpty() ? "failed expression: " + rule.program().text() : fixed;
    }

    private static boolean fits(String text) {
        var trimmed = text.strip();
        return !trimmed.isEmpty() && !trimmed.contains("\n") && trimmed.length() <= MESSAGE_MAX;
    }
}
