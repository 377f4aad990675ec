package io.coxswain.api.admissionregistration;

import io.coxswain.api.admissionregistration.MutatingWebhookConfiguration.MutatingWebhook;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicyBinding.ValidatingAdmissionPolicyBindingSpec;
import io.coxswain.api.admissionregistration.ValidatingWebhookConfiguration.ValidatingWebhook;
import io.coxswain.api.admissionregistration.WebhookClientConfig.ServiceReference;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Selectors;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The defaults and rules of admission webhooks and of policy bindings. Expressions are checked by
/// the API server, which can compile them.
final class WebhookRules {

    private static final LabelSelector EVERYTHING = new LabelSelector(Map.of(), List.of());
    private static final List<String> OPERATIONS =
            List.of("*", "CONNECT", "CREATE", "DELETE", "UPDATE");
    private static final List<String> VERSIONS = List.of("v1", "v1beta1");
    private static final int HTTPS = 443;
    private static final int TIMEOUT_SECONDS = 10;

    private WebhookRules() {}

    static ValidatingWebhookConfiguration withDefaults(ValidatingWebhookConfiguration hooks) {
        return Edit.with(
                hooks,
                ValidatingWebhookConfiguration::webhooks,
                hooks.webhooks().stream().map(WebhookRules::withDefaults).toList());
    }

    static MutatingWebhookConfiguration withDefaults(MutatingWebhookConfiguration hooks) {
        return Edit.with(
                hooks,
                MutatingWebhookConfiguration::webhooks,
                hooks.webhooks().stream().map(WebhookRules::withDefaults).toList());
    }

    static void check(ValidatingWebhookConfiguration hooks, FieldErrors errors) {
        hooks(hooks.webhooks(), errors.at("webhooks"));
    }

    static void check(MutatingWebhookConfiguration hooks, FieldErrors errors) {
        hooks(
                hooks.webhooks().stream().map(WebhookRules::asValidating).toList(),
                errors.at("webhooks"));
        for (var i = 0; i < hooks.webhooks().size(); i++) {
            var policy = hooks.webhooks().get(i).reinvocationPolicy();
            if (policy != null) {
                Values.oneOf(
                        policy,
                        List.of("IfNeeded", "Never"),
                        errors.at("webhooks").at(i).at("reinvocationPolicy"));
            }
        }
    }

    static void check(ValidatingAdmissionPolicyBinding binding, FieldErrors all) {
        var errors = all.at("spec");
        ValidatingAdmissionPolicyBindingSpec spec = binding.spec();
        if (spec.policyName().isEmpty()) {
            errors.at("policyName").required("");
        } else {
            errors.at("policyName").invalid(spec.policyName(), Names.subdomain(spec.policyName()));
        }
        reference(spec.paramRef(), errors.at("paramRef"));
        if (spec.matchResources() != null) {
            PolicyRules.match(spec.matchResources(), errors.at("matchResources"));
        }
        var at = errors.at("validationActions");
        var actions = spec.validationActions();
        if (actions.isEmpty()) {
            at.required("at least one validation action is required");
        }
        var seen = new HashSet<String>();
        for (var i = 0; i < actions.size(); i++) {
            Values.oneOf(actions.get(i), List.of("Audit", "Deny", "Warn"), at.at(i));
            if (!seen.add(actions.get(i))) {
                at.at(i).duplicate(actions.get(i));
            }
        }
        if (seen.contains("Deny") && seen.contains("Warn")) {
            at.invalid(
                    actions,
                    "must not contain both Deny and Warn (repeating the same validation failure"
                            + " information in the API response and headers serves no purpose)");
        }
    }

    static void reference(@Nullable ParamRef reference, FieldErrors errors) {
        if (reference == null) {
            return;
        }
        if (!reference.name().isEmpty() && reference.selector() != null) {
            errors.at("name").forbidden("name and selector are mutually exclusive");
            errors.at("selector").forbidden("name and selector are mutually exclusive");
        }
        if (reference.name().isEmpty() && reference.selector() == null) {
            errors.required("one of name or selector must be specified");
        }
        var action = reference.parameterNotFoundAction();
        if (action == null || action.isEmpty()) {
            errors.at("parameterNotFoundAction").required("");
            return;
        }
        Values.oneOf(action, List.of("Allow", "Deny"), errors.at("parameterNotFoundAction"));
    }

    private static ValidatingWebhook withDefaults(ValidatingWebhook hook) {
        return Edit.of(hook)
                .set(ValidatingWebhook::clientConfig, withDefaults(hook.clientConfig()))
                .set(ValidatingWebhook::rules, rules(hook.rules()))
                .set(ValidatingWebhook::failurePolicy, orElse(hook.failurePolicy(), "Fail"))
                .set(ValidatingWebhook::matchPolicy, orElse(hook.matchPolicy(), "Equivalent"))
                .set(ValidatingWebhook::namespaceSelector, orEverything(hook.namespaceSelector()))
                .set(ValidatingWebhook::objectSelector, orEverything(hook.objectSelector()))
                .set(
                        ValidatingWebhook::timeoutSeconds,
                        Objects.requireNonNullElse(hook.timeoutSeconds(), TIMEOUT_SECONDS))
                .done();
    }

    private static MutatingWebhook withDefaults(MutatingWebhook hook) {
        return Edit.of(hook)
                .set(MutatingWebhook::clientConfig, withDefaults(hook.clientConfig()))
                .set(MutatingWebhook::rules, rules(hook.rules()))
                .set(MutatingWebhook::failurePolicy, orElse(hook.failurePolicy(), "Fail"))
                .set(MutatingWebhook::matchPolicy, orElse(hook.matchPolicy(), "Equivalent"))
                .set(MutatingWebhook::namespaceSelector, orEverything(hook.namespaceSelector()))
                .set(MutatingWebhook::objectSelector, orEverything(hook.objectSelector()))
                .set(
                        MutatingWebhook::timeoutSeconds,
                        Objects.requireNonNullElse(hook.timeoutSeconds(), TIMEOUT_SECONDS))
                .set(
                        MutatingWebhook::reinvocationPolicy,
                        orElse(hook.reinvocationPolicy(), "Never"))
                .done();
    }

    private static ValidatingWebhook asValidating(MutatingWebhook hook) {
        return Edit.of(ValidatingWebhook.class)
                .set(ValidatingWebhook::name, hook.name())
                .set(ValidatingWebhook::clientConfig, hook.clientConfig())
                .set(ValidatingWebhook::rules, hook.rules())
                .set(ValidatingWebhook::failurePolicy, hook.failurePolicy())
                .set(ValidatingWebhook::matchPolicy, hook.matchPolicy())
                .set(ValidatingWebhook::namespaceSelector, hook.namespaceSelector())
                .set(ValidatingWebhook::objectSelector, hook.objectSelector())
                .set(ValidatingWebhook::sideEffects, hook.sideEffects())
                .set(ValidatingWebhook::timeoutSeconds, hook.timeoutSeconds())
                .set(ValidatingWebhook::admissionReviewVersions, hook.admissionReviewVersions())
                .set(ValidatingWebhook::matchConditions, hook.matchConditions())
                .done();
    }

    private static WebhookClientConfig withDefaults(WebhookClientConfig config) {
        var service = config.service();
        return service == null || service.port() != null
                ? config
                : Edit.with(
                        config,
                        WebhookClientConfig::service,
                        Edit.with(service, ServiceReference::port, HTTPS));
    }

    private static List<RuleWithOperations> rules(List<RuleWithOperations> rules) {
        return rules.stream()
                .map(rule -> Edit.with(rule, RuleWithOperations::scope, orElse(rule.scope(), "*")))
                .toList();
    }

    private static void hooks(List<ValidatingWebhook> hooks, FieldErrors errors) {
        var names = new HashSet<String>();
        for (var i = 0; i < hooks.size(); i++) {
            hook(hooks.get(i), errors.at(i));
            if (!names.add(hooks.get(i).name())) {
                errors.at(i).at("name").duplicate(hooks.get(i).name());
            }
        }
    }

    private static void hook(ValidatingWebhook hook, FieldErrors errors) {
        var problems = Names.subdomain(hook.name());
        errors.at("name").invalid(hook.name(), problems);
        if (problems.isEmpty() && hook.name().split("\\.").length < 3) {
            errors.at("name")
                    .invalid(
                            hook.name(),
                            "should be a domain with at least three segments separated by dots");
        }
        for (var i = 0; i < hook.rules().size(); i++) {
            rule(hook.rules().get(i), errors.at("rules").at(i));
        }
        optional(hook.failurePolicy(), List.of("Fail", "Ignore"), errors.at("failurePolicy"));
        optional(hook.matchPolicy(), List.of("Equivalent", "Exact"), errors.at("matchPolicy"));
        if (hook.sideEffects().isEmpty()) {
            errors.at("sideEffects").required("must specify one of None, NoneOnDryRun");
        } else {
            Values.oneOf(
                    hook.sideEffects(), List.of("None", "NoneOnDryRun"), errors.at("sideEffects"));
        }
        var seconds = hook.timeoutSeconds();
        if (seconds != null && (seconds < 1 || seconds > 30)) {
            errors.at("timeoutSeconds")
                    .invalid(seconds, "the timeout value must be between 1 and 30 seconds");
        }
        Selectors.check(hook.namespaceSelector(), errors.at("namespaceSelector"));
        Selectors.check(hook.objectSelector(), errors.at("objectSelector"));
        versions(hook.admissionReviewVersions(), errors.at("admissionReviewVersions"));
        client(hook.clientConfig(), errors.at("clientConfig"));
    }

    private static void versions(List<String> versions, FieldErrors errors) {
        if (versions.isEmpty()) {
            errors.required("must specify one of v1, v1beta1");
        } else if (versions.stream().noneMatch(VERSIONS::contains)) {
            errors.invalid(versions, "must include at least one of v1, v1beta1");
        }
        var seen = new HashSet<String>();
        for (var i = 0; i < versions.size(); i++) {
            if (!seen.add(versions.get(i))) {
                errors.at(i).invalid(versions.get(i), "duplicate version");
            }
        }
    }

    private static void client(WebhookClientConfig client, FieldErrors errors) {
        var url = client.url();
        var service = client.service();
        if ((url == null) == (service == null)) {
            errors.required("exactly one of url or service is required");
            return;
        }
        if (service != null) {
            Values.required(service.name(), errors.at("service").at("name"));
            Values.required(service.namespace(), errors.at("service").at("namespace"));
            if (service.port() != null) {
                Values.port(service.port(), errors.at("service").at("port"));
            }
            return;
        }
        if (url != null && !url.startsWith("https://")) {
            var end = url.indexOf("://");
            errors.at("url")
                    .invalid(
                            end < 0 ? "" : url.substring(0, end),
                            "'https' is the only allowed URL scheme; desired format:"
                                    + " https://host[/path]");
        }
    }

    static void rule(RuleWithOperations rule, FieldErrors errors) {
        if (rule.operations().isEmpty()) {
            errors.at("operations").required("");
        }
        for (var i = 0; i < rule.operations().size(); i++) {
            Values.oneOf(rule.operations().get(i), OPERATIONS, errors.at("operations").at(i));
        }
        if (rule.operations().size() > 1 && rule.operations().contains("*")) {
            errors.at("operations")
                    .invalid(
                            rule.operations(),
                            "if '*' is present, must not specify other operations");
        }
        part(rule.apiGroups(), "API groups", errors.at("apiGroups"));
        part(rule.apiVersions(), "API versions", errors.at("apiVersions"));
        if (rule.resources().isEmpty()) {
            errors.at("resources").required("");
        }
        if (rule.resources().contains("*")
                && rule.resources().stream().anyMatch(r -> !r.equals("*") && !r.contains("/"))) {
            errors.at("resources")
                    .invalid(
                            rule.resources(),
                            "if '*' is present, must not specify other resources without"
                                    + " subresources");
        }
        optional(rule.scope(), List.of("*", "Cluster", "Namespaced"), errors.at("scope"));
    }

    private static void part(List<String> values, String what, FieldErrors errors) {
        if (values.isEmpty()) {
            errors.required("");
        }
        if (values.size() > 1 && values.contains("*")) {
            errors.invalid(values, "if '*' is present, must not specify other " + what);
        }
    }

    private static void optional(@Nullable String value, List<String> choices, FieldErrors errors) {
        if (value != null) {
            Values.oneOf(value, choices, errors);
        }
    }

    private static String orElse(@Nullable String value, String fallback) {
        return value == null ? fallback : value;
    }

    private static LabelSelector orEverything(@Nullable LabelSelector selector) {
        return selector == null ? EVERYTHING : selector;
    }
}
