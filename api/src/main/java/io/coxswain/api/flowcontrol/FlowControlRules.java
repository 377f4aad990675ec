package io.coxswain.api.flowcontrol;

import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.flowcontrol.FlowSchema.FlowSchemaSpec;
import io.coxswain.api.flowcontrol.FlowSchema.PolicyRulesWithSubjects;
import io.coxswain.api.flowcontrol.FlowSchema.Subject;
import io.coxswain.api.flowcontrol.PriorityLevelConfiguration.ExemptPriorityLevelConfiguration;
import io.coxswain.api.flowcontrol.PriorityLevelConfiguration.LimitResponse;
import io.coxswain.api.flowcontrol.PriorityLevelConfiguration.LimitedPriorityLevelConfiguration;
import io.coxswain.api.flowcontrol.PriorityLevelConfiguration.PriorityLevelConfigurationSpec;
import io.coxswain.api.flowcontrol.PriorityLevelConfiguration.QueuingConfiguration;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The defaults and rules of flow control.
final class FlowControlRules {

    private static final int PRECEDENCE = 1000;
    private static final int PRECEDENCE_MAX = 10000;
    private static final int SHARES = 30;
    private static final QueuingConfiguration QUEUES = new QueuingConfiguration(64, 8, 50);

    /// The two flow schemas without which no request would have a level.
    private static final Map<String, FlowSchemaSpec> FIXED =
            Map.of(
                    "exempt",
                    fixed(
                            """
                            {"priorityLevelConfiguration":{"name":"exempt"},
                             "matchingPrecedence":1,
                             "rules":[{"subjects":[
                               {"kind":"Group","group":{"name":"system:masters"}}],
                              "resourceRules":[{"verbs":["*"],"apiGroups":["*"],
                               "resources":["*"],"clusterScope":true,"namespaces":["*"]}],
                              "nonResourceRules":[{"verbs":["*"],"nonResourceURLs":["*"]}]}]}
                            """),
                    "catch-all",
                    fixed(
                            """
                            {"priorityLevelConfiguration":{"name":"catch-all"},
                             "matchingPrecedence":10000,
                             "distinguisherMethod":{"type":"ByUser"},
                             "rules":[{"subjects":[
                               {"kind":"Group","group":{"name":"system:unauthenticated"}},
                               {"kind":"Group","group":{"name":"system:authenticated"}}],
                              "resourceRules":[{"verbs":["*"],"apiGroups":["*"],
                               "resources":["*"],"clusterScope":true,"namespaces":["*"]}],
                              "nonResourceRules":[{"verbs":["*"],"nonResourceURLs":["*"]}]}]}
                            """));

    private FlowControlRules() {}

    private static FlowSchemaSpec fixed(String json) {
        return RecordReader.read(FlowSchemaSpec.class, json.getBytes(StandardCharsets.UTF_8));
    }

    static FlowSchema withDefaults(FlowSchema schema) {
        return schema.spec().matchingPrecedence() != 0
                ? schema
                : Edit.with(
                        schema,
                        FlowSchema::spec,
                        Edit.with(schema.spec(), FlowSchemaSpec::matchingPrecedence, PRECEDENCE));
    }

    static void check(FlowSchema schema, FieldErrors all) {
        var spec = schema.spec();
        var errors = all.at("spec");
        var fixed = FIXED.get(schema.name());
        if (fixed != null && !fixed.equals(spec)) {
            errors.invalid(spec, "spec of '" + schema.name() + "' must equal the fixed value");
        }
        if (spec.priorityLevelConfiguration().name().isEmpty()) {
            errors.at("priorityLevelConfiguration")
                    .at("name")
                    .required("must reference a priority level");
        }
        if (spec.matchingPrecedence() <= 0) {
            errors.at("matchingPrecedence")
                    .invalid(spec.matchingPrecedence(), "must be a positive value");
        }
        if (spec.matchingPrecedence() > PRECEDENCE_MAX) {
            errors.at("matchingPrecedence")
                    .invalid(
                            spec.matchingPrecedence(),
                            "must not be greater than " + PRECEDENCE_MAX);
        }
        var method = spec.distinguisherMethod();
        if (method != null && !List.of("ByNamespace", "ByUser").contains(method.type())) {
            errors.at("distinguisherMethod")
                    .at("type")
                    .notSupported(method, List.of("ByNamespace", "ByUser"));
        }
        for (var i = 0; i < spec.rules().size(); i++) {
            rule(spec.rules().get(i), errors.at("rules").at(i));
        }
    }

    static PriorityLevelConfiguration withDefaults(PriorityLevelConfiguration level) {
        var spec = level.spec();
        return Edit.with(
                level,
                PriorityLevelConfiguration::spec,
                new PriorityLevelConfigurationSpec(
                        spec.type(), limited(spec.limited()), exempt(spec)));
    }

    private static @Nullable LimitedPriorityLevelConfiguration limited(
            @Nullable LimitedPriorityLevelConfiguration limited) {
        if (limited == null) {
            return null;
        }
        var response = limited.limitResponse();
        return new LimitedPriorityLevelConfiguration(
                Objects.requireNonNullElse(limited.nominalConcurrencyShares(), SHARES),
                response.queuing() != null
                        ? new LimitResponse(response.type(), queues(response.queuing()))
                        : response,
                Objects.requireNonNullElse(limited.lendablePercent(), 0),
                limited.borrowingLimitPercent());
    }

    private static QueuingConfiguration queues(QueuingConfiguration queues) {
        return new QueuingConfiguration(
                queues.queues() == 0 ? QUEUES.queues() : queues.queues(),
                queues.handSize() == 0 ? QUEUES.handSize() : queues.handSize(),
                queues.queueLengthLimit() == 0
                        ? QUEUES.queueLengthLimit()
                        : queues.queueLengthLimit());
    }

    private static @Nullable ExemptPriorityLevelConfiguration exempt(
            PriorityLevelConfigurationSpec spec) {
        if (!spec.type().equals("Exempt")) {
            return spec.exempt();
        }
        var exempt = spec.exempt();
        var shares = exempt == null ? null : exempt.nominalConcurrencyShares();
        var lendable = exempt == null ? null : exempt.lendablePercent();
        return new ExemptPriorityLevelConfiguration(
                Objects.requireNonNullElse(shares, 0), Objects.requireNonNullElse(lendable, 0));
    }

    private static void rule(PolicyRulesWithSubjects rule, FieldErrors errors) {
        if (rule.subjects().isEmpty()) {
            errors.at("subjects").required("subjects must contain at least one value");
        }
        for (var i = 0; i < rule.subjects().size(); i++) {
            subject(rule.subjects().get(i), errors.at("subjects").at(i));
        }
        if (rule.resourceRules().isEmpty() && rule.nonResourceRules().isEmpty()) {
            errors.required(
                    "at least one of resourceRules and nonResourceRules has to be non-empty");
        }
        for (var i = 0; i < rule.resourceRules().size(); i++) {
            RequestRules.check(rule.resourceRules().get(i), errors.at("resourceRules").at(i));
        }
        for (var i = 0; i < rule.nonResourceRules().size(); i++) {
            RequestRules.check(rule.nonResourceRules().get(i), errors.at("nonResourceRules").at(i));
        }
    }

    private static void subject(Subject subject, FieldErrors errors) {
        var user = subject.user();
        var group = subject.group();
        var account = subject.serviceAccount();
        var kind = subject.kind();
        if (!List.of("Group", "ServiceAccount", "User").contains(kind)) {
            errors.at("kind").notSupported(kind, List.of("Group", "ServiceAccount", "User"));
            return;
        }
        part(account == null, kind, "serviceAccount", "ServiceAccount", errors);
        part(user == null, kind, "user", "User", errors);
        part(group == null, kind, "group", "Group", errors);
        if (kind.equals("User") && user != null) {
            Values.required(user.name(), errors.at("user").at("name"));
        }
        if (kind.equals("Group") && group != null) {
            Values.required(group.name(), errors.at("group").at("name"));
        }
        if (kind.equals("ServiceAccount") && account != null) {
            var at = errors.at("serviceAccount");
            if (account.name().isEmpty()) {
                at.at("name").required("");
            } else if (!account.name().equals("*")) {
                at.at("name").invalid(account.name(), Names.subdomain(account.name()));
            }
            if (account.namespace().isEmpty()) {
                at.at("namespace").required("must specify namespace for service account");
            } else {
                at.at("namespace").invalid(account.namespace(), Names.label(account.namespace()));
            }
        }
    }

    /// A subject has the part that its kind says, and no other.
    private static void part(
            boolean missing, String kind, String part, String ofKind, FieldErrors errors) {
        if (kind.equals(ofKind) && missing) {
            errors.at(part).required(part + " is required when subject kind is '" + ofKind + "'");
        }
        if (!kind.equals(ofKind) && !missing) {
            errors.at(part)
                    .forbidden(part + " is forbidden when subject kind is not '" + ofKind + "'");
        }
    }
}
