package io.coxswain.api.admissionregistration;

import io.coxswain.api.admissionregistration.MatchResources.NamedRuleWithOperations;
import io.coxswain.api.admissionregistration.MutatingAdmissionPolicy.MutatingAdmissionPolicySpec;
import io.coxswain.api.admissionregistration.MutatingAdmissionPolicy.Mutation;
import io.coxswain.api.admissionregistration.MutatingAdmissionPolicyBinding.MutatingAdmissionPolicyBindingSpec;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy.ValidatingAdmissionPolicySpec;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy.Validation;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicyBinding.ValidatingAdmissionPolicyBindingSpec;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Selectors;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The defaults and rules of admission policies and their bindings. Expressions are checked by the
/// API server, which can compile them.
final class PolicyRules {

    private static final LabelSelector EVERYTHING = new LabelSelector(Map.of(), List.of());
    private static final List<String> REASONS =
            List.of("Forbidden", "Invalid", "RequestEntityTooLarge", "Unauthorized");
    private static final String ONE_NEEDED =
            "validations or auditAnnotations must contain at least one item";
    private static final int ANNOTATIONS_MAX = 20;

    private PolicyRules() {}

    static ValidatingAdmissionPolicy withDefaults(ValidatingAdmissionPolicy policy) {
        var spec =
                Edit.of(policy.spec())
                        .set(
                                ValidatingAdmissionPolicySpec::failurePolicy,
                                orElse(policy.spec().failurePolicy(), "Fail"))
                        .set(
                                ValidatingAdmissionPolicySpec::matchConstraints,
                                withDefaults(policy.spec().matchConstraints()))
                        .done();
        return Edit.with(policy, ValidatingAdmissionPolicy::spec, spec);
    }

    static MutatingAdmissionPolicy withDefaults(MutatingAdmissionPolicy policy) {
        var spec =
                Edit.of(policy.spec())
                        .set(
                                MutatingAdmissionPolicySpec::failurePolicy,
                                orElse(policy.spec().failurePolicy(), "Fail"))
                        .set(
                                MutatingAdmissionPolicySpec::matchConstraints,
                                withDefaults(policy.spec().matchConstraints()))
                        .done();
        return Edit.with(policy, MutatingAdmissionPolicy::spec, spec);
    }

    static ValidatingAdmissionPolicyBinding withDefaults(ValidatingAdmissionPolicyBinding binding) {
        return Edit.with(
                binding,
                ValidatingAdmissionPolicyBinding::spec,
                Edit.with(
                        binding.spec(),
                        ValidatingAdmissionPolicyBindingSpec::matchResources,
                        withDefaults(binding.spec().matchResources())));
    }

    static MutatingAdmissionPolicyBinding withDefaults(MutatingAdmissionPolicyBinding binding) {
        return Edit.with(
                binding,
                MutatingAdmissionPolicyBinding::spec,
                Edit.with(
                        binding.spec(),
                        MutatingAdmissionPolicyBindingSpec::matchResources,
                        withDefaults(binding.spec().matchResources())));
    }

    private static @Nullable MatchResources withDefaults(@Nullable MatchResources match) {
        if (match == null) {
            return null;
        }
        var names = match.namespaceSelector();
        var objects = match.objectSelector();
        return new MatchResources(
                names == null ? EVERYTHING : names,
                objects == null ? EVERYTHING : objects,
                rules(match.resourceRules()),
                rules(match.excludeResourceRules()),
                orElse(match.matchPolicy(), "Equivalent"));
    }

    private static List<NamedRuleWithOperations> rules(List<NamedRuleWithOperations> rules) {
        return rules.stream()
                .map(rule ->
                        Edit.with(rule, NamedRuleWithOperations::scope, orElse(rule.scope(), "*")))
                .toList();
    }

    static void check(ValidatingAdmissionPolicy policy, FieldErrors all) {
        var spec = policy.spec();
        var errors = all.at("spec");
        common(spec.failurePolicy(), spec.paramKind(), spec.matchConstraints(), errors);
        conditions(spec.matchConditions(), errors.at("matchConditions"));
        variables(spec.variables(), errors.at("variables"));
        if (spec.validations().isEmpty() && spec.auditAnnotations().isEmpty()) {
            errors.at("validations").required(ONE_NEEDED);
            errors.at("auditAnnotations").required(ONE_NEEDED);
            return;
        }
        for (var i = 0; i < spec.validations().size(); i++) {
            validation(spec.validations().get(i), errors.at("validations").at(i));
        }
        var annotations = spec.auditAnnotations();
        if (annotations.size() > ANNOTATIONS_MAX) {
            errors.at("auditAnnotations")
                    .invalid(
                            spec.auditAnnotations(),
                            "must not have more than " + ANNOTATIONS_MAX + " auditAnnotations");
        }
        var keys = new HashSet<String>();
        for (var i = 0; i < annotations.size(); i++) {
            var at = errors.at("auditAnnotations").at(i);
            var key = annotations.get(i).key();
            if (key.isBlank()) {
                at.at("key").required("key is not specified");
            } else {
                at.at("key").invalid(key, Names.qualified(policy.name() + "/" + key));
                if (!keys.add(key)) {
                    at.at("key").duplicate(key);
                }
            }
            if (annotations.get(i).valueExpression().isBlank()) {
                at.at("valueExpression").required("valueExpression is not specified");
            }
        }
    }

    static void check(MutatingAdmissionPolicy policy, FieldErrors all) {
        var spec = policy.spec();
        var errors = all.at("spec");
        common(spec.failurePolicy(), spec.paramKind(), spec.matchConstraints(), errors);
        conditions(spec.matchConditions(), errors.at("matchConditions"));
        variables(spec.variables(), errors.at("variables"));
        if (spec.mutations().isEmpty()) {
            errors.at("mutations").required("mutations must contain at least one item");
        }
        for (var i = 0; i < spec.mutations().size(); i++) {
            mutation(spec.mutations().get(i), errors.at("mutations").at(i));
        }
        Values.requiredOneOf(
                spec.reinvocationPolicy(),
                List.of("IfNeeded", "Never"),
                errors.at("reinvocationPolicy"));
    }

    static void check(MutatingAdmissionPolicyBinding binding, FieldErrors all) {
        var spec = binding.spec();
        var errors = all.at("spec");
        if (spec.policyName().isEmpty()) {
            errors.at("policyName").required("");
        } else {
            errors.at("policyName").invalid(spec.policyName(), Names.subdomain(spec.policyName()));
        }
        WebhookRules.reference(spec.paramRef(), errors.at("paramRef"));
        if (spec.matchResources() != null) {
            match(spec.matchResources(), errors.at("matchResources"));
        }
    }

    /// What an object matches, as policies and their bindings say.
    static void match(MatchResources match, FieldErrors errors) {
        var policy = match.matchPolicy();
        if (policy == null) {
            errors.at("matchPolicy").required("");
        } else {
            Values.oneOf(policy, List.of("Equivalent", "Exact"), errors.at("matchPolicy"));
        }
        if (match.namespaceSelector() == null) {
            errors.at("namespaceSelector").required("");
        }
        Selectors.check(match.namespaceSelector(), errors.at("namespaceSelector"));
        if (match.objectSelector() == null) {
            errors.at("objectSelector").required("");
        }
        Selectors.check(match.objectSelector(), errors.at("objectSelector"));
        named(match.resourceRules(), errors.at("resourceRules"));
        named(match.excludeResourceRules(), errors.at("excludeResourceRules"));
    }

    private static void named(List<NamedRuleWithOperations> rules, FieldErrors errors) {
        for (var i = 0; i < rules.size(); i++) {
            var rule = rules.get(i);
            WebhookRules.rule(
                    new RuleWithOperations(
                            rule.operations(),
                            rule.apiGroups(),
                            rule.apiVersions(),
                            rule.resources(),
                            rule.scope()),
                    errors.at(i));
            var seen = new HashSet<String>();
            for (var n = 0; n < rule.resourceNames().size(); n++) {
                var name = rule.resourceNames().get(n);
                var at = errors.at(i).at("resourceNames").at(n);
                at.invalid(name, Names.pathSegment(name, false));
                if (!seen.add(name)) {
                    at.duplicate(name);
                }
            }
        }
    }

    private static void common(
            @Nullable String failurePolicy,
            @Nullable ParamKind kind,
            @Nullable MatchResources match,
            FieldErrors errors) {
        if (failurePolicy == null) {
            errors.at("failurePolicy").required("");
        } else {
            Values.oneOf(failurePolicy, List.of("Fail", "Ignore"), errors.at("failurePolicy"));
        }
        if (kind != null) {
            paramKind(kind, errors.at("paramKind"));
        }
        if (match == null) {
            errors.at("matchConstraints").required("");
            return;
        }
        match(match, errors.at("matchConstraints"));
        if (match.resourceRules().isEmpty()) {
            errors.at("matchConstraints").at("resourceRules").required("");
        }
    }

    private static void paramKind(ParamKind kind, FieldErrors errors) {
        var version = kind.apiVersion();
        if (version.isEmpty()) {
            errors.at("apiVersion").required("");
        } else if (version.indexOf('/') != version.lastIndexOf('/')) {
            errors.at("apiVersion").invalid(version, "unexpected GroupVersion string: " + version);
        } else if (version.contains("/")) {
            var parts = version.split("/", -1);
            errors.at("apiVersion").invalid(parts[0], Names.subdomain(parts[0]));
            errors.at("apiVersion").invalid(parts[1], Names.label1035(parts[1]));
        } else {
            errors.at("apiVersion").invalid(version, Names.label1035(version));
        }
        if (kind.kind().isEmpty()) {
            errors.at("kind").required("");
            return;
        }
        for (var problem : Names.label1035(kind.kind().toLowerCase(Locale.ROOT))) {
            errors.at("kind")
                    .invalid(
                            kind.kind(),
                            "may have mixed case, but should otherwise match: " + problem);
        }
    }

    private static void conditions(List<MatchCondition> conditions, FieldErrors errors) {
        var names = new HashSet<String>();
        for (var i = 0; i < conditions.size(); i++) {
            var condition = conditions.get(i);
            if (condition.expression().isBlank()) {
                errors.at(i).at("expression").required("");
            }
            if (condition.name().isEmpty()) {
                errors.at(i).at("name").required("");
            } else {
                errors.at(i)
                        .at("name")
                        .invalid(condition.name(), Names.qualified(condition.name()));
                if (!names.add(condition.name())) {
                    errors.at(i).at("name").duplicate(condition.name());
                }
            }
        }
    }

    private static void variables(List<Variable> variables, FieldErrors errors) {
        var names = new HashSet<String>();
        for (var i = 0; i < variables.size(); i++) {
            var variable = variables.get(i);
            if (variable.name().isEmpty() || variable.name().equals("variables")) {
                errors.at(i).at("name").required("name is not specified");
            } else if (!variable.name().matches("[_a-zA-Z][_a-zA-Z0-9]*")) {
                errors.at(i)
                        .at("name")
                        .invalid(variable.name(), "name is not a valid CEL identifier");
            } else if (!names.add(variable.name())) {
                errors.at(i).at("name").duplicate(variable.name());
            }
            if (variable.expression().isBlank()) {
                errors.at(i).at("expression").required("expression is not specified");
            }
        }
    }

    private static void validation(Validation rule, FieldErrors errors) {
        var expression = rule.expression().strip();
        var message = rule.message().strip();
        if (expression.isEmpty()) {
            errors.at("expression").required("expression is not specified");
        }
        if (!rule.messageExpression().isEmpty() && rule.messageExpression().isBlank()) {
            errors.at("messageExpression")
                    .invalid(rule.messageExpression(), "must be non-empty if specified");
        }
        if (!rule.message().isEmpty() && message.isEmpty()) {
            errors.at("message").invalid(rule.message(), "message must be non-empty if specified");
        } else if (message.contains("\n")) {
            errors.at("message").invalid(rule.message(), "message must not contain line breaks");
        } else if (expression.contains("\n") && message.isEmpty()) {
            errors.at("message")
                    .required("message must be specified if expression contains line breaks");
        }
        var reason = rule.reason();
        if (reason != null && !REASONS.contains(reason)) {
            errors.at("reason").notSupported(reason, REASONS);
        }
    }

    private static void mutation(Mutation mutation, FieldErrors errors) {
        switch (mutation.patchType()) {
            case "ApplyConfiguration" -> {
                var apply = mutation.applyConfiguration();
                if (apply == null || apply.expression().isBlank()) {
                    errors.at("applyConfiguration").at("expression").required("");
                }
            }
            case "JSONPatch" -> {
                var patch = mutation.jsonPatch();
                if (patch == null || patch.expression().isBlank()) {
                    errors.at("jsonPatch").at("expression").required("");
                }
            }
            case "" -> errors.at("patchType").required("");
            default ->
                    errors.at("patchType")
                            .notSupported(
                                    mutation.patchType(),
                                    List.of("ApplyConfiguration", "JSONPatch"));
        }
    }

    private static String orElse(@Nullable String value, String fallback) {
        return value == null ? fallback : value;
    }
}
