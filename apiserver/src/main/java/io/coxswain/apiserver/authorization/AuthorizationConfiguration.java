package io.coxswain.apiserver.authorization;

import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.config.ConfigurationFile;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who is asked whether a request may go on, in which order (`apiserver.config.k8s.io/v1`,
/// `--authorization-config`).
public record AuthorizationConfiguration(String kind, String apiVersion, List<Member> authorizers) {

    private static final List<String> VERSIONS =
            List.of(
                    "apiserver.config.k8s.io/v1",
                    "apiserver.config.k8s.io/v1beta1",
                    "apiserver.config.k8s.io/v1alpha1");

    private static final List<String> TYPES =
            List.of("AlwaysAllow", "AlwaysDeny", "Node", "RBAC", "Webhook");

    private static final Duration TIMEOUT_MAX = Duration.ofSeconds(30);

    public record Member(String type, String name, @Nullable Webhook webhook) {}

    public record Webhook(
            String timeout,
            String authorizedTTL,
            @Nullable Boolean cacheAuthorizedRequests,
            String unauthorizedTTL,
            @Nullable Boolean cacheUnauthorizedRequests,
            String subjectAccessReviewVersion,
            String matchConditionSubjectAccessReviewVersion,
            String failurePolicy,
            ConnectionInfo connectionInfo,
            List<Condition> matchConditions) {}

    public record ConnectionInfo(String type, @Nullable String kubeConfigFile) {}

    public record Condition(String expression) {}

    /// Throws [ConfigurationFile.Invalid].
    public static AuthorizationConfiguration parse(String text) {
        var read =
                ConfigurationFile.read(
                        text,
                        AuthorizationConfiguration.class,
                        "AuthorizationConfiguration",
                        VERSIONS);
        var errors = new FieldErrors();
        check(read, errors.at("authorizers"));
        ConfigurationFile.Invalid.throwIfAny(errors);
        return read;
    }

    private static void check(AuthorizationConfiguration read, FieldErrors errors) {
        if (read.authorizers().isEmpty()) {
            errors.required("at least one authorization mode must be defined");
        }
        Set<String> types = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (var i = 0; i < read.authorizers().size(); i++) {
            var member = read.authorizers().get(i);
            var at = errors.at(i);
            if (member.type().isEmpty()) {
                at.at("type").required("");
                continue;
            }
            if (!TYPES.contains(member.type())) {
                at.at("type").notSupported(member.type(), TYPES);
            }
            var repeatable = member.type().equals("Webhook");
            if (!types.add(member.type()) && !repeatable) {
                at.at("type").duplicate(member.type());
            }
            if (member.name().isEmpty()) {
                at.at("name").required("");
            } else if (!names.add(member.name())) {
                at.at("name").duplicate(member.name());
            }
            var webhook = member.webhook();
            if (repeatable && webhook == null) {
                at.at("webhook").required("required when type=Webhook");
            } else if (!repeatable && webhook != null) {
                at.at("webhook").invalid("non-null", "may only be specified when type=Webhook");
            } else if (webhook != null) {
                check(webhook, at.at("webhook"));
            }
        }
    }

    private static void check(Webhook webhook, FieldErrors errors) {
        duration(webhook.timeout(), true, errors.at("timeout"));
        duration(webhook.authorizedTTL(), true, errors.at("authorizedTTL"));
        duration(webhook.unauthorizedTTL(), true, errors.at("unauthorizedTTL"));
        version(webhook.subjectAccessReviewVersion(), errors.at("subjectAccessReviewVersion"));
        var conditions = errors.at("matchConditionSubjectAccessReviewVersion");
        if (webhook.matchConditions().isEmpty()) {
            if (!List.of("", "v1").contains(webhook.matchConditionSubjectAccessReviewVersion())) {
                conditions.notSupported(
                        webhook.matchConditionSubjectAccessReviewVersion(), List.of("v1"));
            }
        } else if (!webhook.matchConditionSubjectAccessReviewVersion().equals("v1")) {
            if (webhook.matchConditionSubjectAccessReviewVersion().isEmpty()) {
                conditions.required("required if match conditions are specified");
            } else {
                conditions.notSupported(
                        webhook.matchConditionSubjectAccessReviewVersion(), List.of("v1"));
            }
        }
        switch (webhook.failurePolicy()) {
            case "" -> errors.at("failurePolicy").required("");
            case "Deny", "NoOpinion" -> {}
            default ->
                    errors.at("failurePolicy")
                            .notSupported(webhook.failurePolicy(), List.of("NoOpinion", "Deny"));
        }
        check(webhook.connectionInfo(), errors.at("connectionInfo"));
        var _ = MatchConditions.compile(webhook.matchConditions(), errors.at("matchConditions"));
    }

    private static void version(String version, FieldErrors errors) {
        switch (version) {
            case "" -> errors.required("");
            case "v1", "v1beta1" -> {}
            default -> errors.notSupported(version, List.of("v1", "v1beta1"));
        }
    }

    private static void check(ConnectionInfo info, FieldErrors errors) {
        switch (info.type()) {
            case "" -> errors.at("type").required("");
            case "KubeConfigFile" -> {
                var file = info.kubeConfigFile();
                if (file == null || file.isEmpty()) {
                    errors.at("kubeConfigFile").required("");
                } else if (!file.startsWith("/")) {
                    errors.at("kubeConfigFile").invalid(file, "must be an absolute path");
                }
            }
            case "InClusterConfig" ->
                    errors.at("type").invalid(info.type(), "this server does not run in a pod");
            default ->
                    errors.at("type")
                            .notSupported(
                                    info.type(), List.of("InClusterConfig", "KubeConfigFile"));
        }
    }

    private static void duration(String text, boolean required, FieldErrors errors) {
        if (text.isEmpty()) {
            if (required) {
                errors.required("");
            }
            return;
        }
        try {
            var read = Intervals.parse(text);
            if (read.isNegative() || (read.isZero() && errors.path().endsWith("timeout"))) {
                errors.invalid(text, "must be > 0s");
            }
            if (read.compareTo(TIMEOUT_MAX) > 0 && errors.path().endsWith("timeout")) {
                errors.invalid(text, "must be <= 30s");
            }
        } catch (IllegalArgumentException e) {
            errors.invalid(text, String.valueOf(e.getMessage()));
        }
    }
}
