package io.coxswain.apiserver.audit;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.config.ConfigurationFile;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Reads an audit policy (`--audit-policy-file`).
public final class PolicyFile {

    private static final List<String> LEVELS =
            List.of("Metadata", "None", "Request", "RequestResponse");
    private static final List<String> STAGES =
            List.of("Panic", "RequestReceived", "ResponseComplete", "ResponseStarted");

    private PolicyFile() {}

    record Document(
            String kind,
            String apiVersion,
            ObjectMeta metadata,
            List<DocumentRule> rules,
            List<String> omitStages,
            boolean omitManagedFields) {}

    record DocumentRule(
            String level,
            List<String> users,
            List<String> userGroups,
            List<String> verbs,
            List<GroupResources> resources,
            List<String> namespaces,
            List<String> nonResourceURLs,
            List<String> omitStages,
            @Nullable Boolean omitManagedFields) {}

    record GroupResources(String group, List<String> resources, List<String> resourceNames) {}

    /// Throws [ConfigurationFile.Invalid].
    public static AuditPolicy parse(String text) {
        var read =
                ConfigurationFile.read(text, Document.class, "Policy", List.of("audit.k8s.io/v1"));
        if (read.rules().isEmpty()) {
            throw new ConfigurationFile.Invalid("loaded illegal policy with 0 rules");
        }
        var errors = new FieldErrors();
        checkStages(read.omitStages(), errors.at("omitStages"));
        for (var i = 0; i < read.rules().size(); i++) {
            check(read.rules().get(i), errors.at("rules").at(i));
        }
        ConfigurationFile.Invalid.throwIfAny(errors);
        var rules = read.rules().stream().map(rule -> rule(rule, read)).toList();
        return new AuditPolicy(rules, stages(read.omitStages().stream()));
    }

    private static AuditPolicy.Rule rule(DocumentRule rule, Document policy) {
        var own = rule.omitManagedFields();
        var verdict =
                new AuditPolicy.Verdict(
                        java.util.Objects.requireNonNull(AuditLevel.of(rule.level())),
                        stages(
                                Stream.concat(
                                        policy.omitStages().stream(), rule.omitStages().stream())),
                        own == null ? policy.omitManagedFields() : own);
        var resources =
                rule.resources().stream()
                        .map(some ->
                                new AuditPolicy.Resources(
                                        some.group(), some.resources(), some.resourceNames()))
                        .toList();
        return new AuditPolicy.Rule(
                new AuditPolicy.Who(rule.users(), rule.userGroups()),
                rule.verbs(),
                resources,
                rule.namespaces(),
                rule.nonResourceURLs(),
                verdict);
    }

    private static Set<AuditStage> stages(Stream<String> names) {
        var stages = EnumSet.noneOf(AuditStage.class);
        names.forEach(name -> stages.add(java.util.Objects.requireNonNull(AuditStage.of(name))));
        return stages;
    }

    private static void check(DocumentRule rule, FieldErrors errors) {
        if (rule.level().isEmpty()) {
            errors.at("level").required("");
        } else if (AuditLevel.of(rule.level()) == null) {
            errors.at("level").notSupported(rule.level(), LEVELS);
        }
        var urls = rule.nonResourceURLs();
        if (!urls.isEmpty() && !(rule.resources().isEmpty() && rule.namespaces().isEmpty())) {
            errors.at("nonResourceURLs")
                    .invalid(
                            urls,
                            "rules cannot apply to both regular resources and non-resource URLs");
        }
        for (var i = 0; i < urls.size(); i++) {
            checkUrl(urls.get(i), errors.at("nonResourceURLs").at(i));
        }
        for (var i = 0; i < rule.resources().size(); i++) {
            checkResources(rule.resources().get(i), errors.at("resources").at(i));
        }
        checkStages(rule.omitStages(), errors.at("omitStages"));
    }

    private static void checkUrl(String url, FieldErrors errors) {
        if (url.equals("*")) {
            return;
        }
        if (!url.startsWith("/")) {
            errors.invalid(url, "non-resource URL rules must begin with a '/' character");
        }
        if (!url.isEmpty() && url.substring(0, url.length() - 1).contains("*")) {
            errors.invalid(
                    url, "non-resource URL wildcards '*' must be the final character of the rule");
        }
    }

    private static void checkResources(GroupResources some, FieldErrors errors) {
        if (some.group().contains("/")) {
            errors.at("group").invalid(some.group(), "must be a valid DNS subdomain");
        }
        if (!some.resourceNames().isEmpty() && some.resources().isEmpty()) {
            errors.at("resourceNames")
                    .invalid(
                            some.resourceNames(),
                            "using resourceNames requires at least one resource");
        }
    }

    private static void checkStages(List<String> stages, FieldErrors errors) {
        for (var i = 0; i < stages.size(); i++) {
            if (AuditStage.of(stages.get(i)) == null) {
                errors.at(i).notSupported(stages.get(i), STAGES);
            }
        }
    }
}
