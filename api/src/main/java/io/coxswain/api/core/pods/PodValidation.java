package io.coxswain.api.core.pods;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.HostAlias;
import io.coxswain.api.core.PodSpec.PodDNSConfig;
import io.coxswain.api.core.PodSpec.PodReadinessGate;
import io.coxswain.api.core.PodSpec.PodSchedulingGate;
import io.coxswain.api.core.PodTemplateSpec;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Addresses;
import io.coxswain.api.validation.MetadataRules;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The rules of a pod's spec as a whole; the parts have classes of their own beside this one.
public final class PodValidation {

    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");
    private static final List<String> DNS_POLICIES =
            List.of("ClusterFirstWithHostNet", "ClusterFirst", "Default", "None");
    private static final List<String> PREEMPTION = List.of("PreemptLowerPriority", "Never");
    private static final int NAMESERVERS_MAX = 3;
    private static final int SEARCHES_MAX = 32;
    private static final int SEARCH_CHARACTERS_MAX = 2048;

    private static final String MIRROR = "kubernetes.io/config.mirror";

    private PodValidation() {}

    public static void create(Pod pod, FieldErrors errors) {
        updated(pod, errors);
        if (!pod.spec().ephemeralContainers().isEmpty()) {
            errors.at("spec").at("ephemeralContainers").forbidden("cannot be set on create");
        }
    }

    /// The rules of a pod that takes the place of another.
    public static void updated(Pod pod, FieldErrors errors) {
        var mirrored = pod.metadata().annotations().get(MIRROR);
        if (mirrored != null && pod.spec().nodeName().isEmpty()) {
            errors.at("metadata")
                    .at("annotations")
                    .key(MIRROR)
                    .invalid(mirrored, "must set spec.nodeName if mirror pod annotation is set");
        }
        spec(pod.spec(), errors.at("spec"));
    }

    /// A template: its labels and annotations, and the spec of the pods to come.
    public static void template(PodTemplateSpec template, FieldErrors errors) {
        MetadataRules.labels(template.metadata().labels(), errors.at("labels"));
        MetadataRules.annotations(template.metadata().annotations(), errors.at("annotations"));
        spec(template.spec(), errors.at("spec"));
        if (!template.spec().ephemeralContainers().isEmpty()) {
            errors.at("spec")
                    .at("ephemeralContainers")
                    .forbidden("ephemeral containers not allowed in pod template");
        }
    }

    public static void spec(PodSpec spec, FieldErrors errors) {
        VolumeValidation.volumes(spec.volumes(), errors.at("volumes"));
        ClaimNames.check(spec, errors.at("resourceClaims"));
        ContainerValidation.all(spec, errors);
        PodResourceValidation.check(spec, errors.at("resources"));
        Values.requiredOneOf(spec.restartPolicy(), RESTART_POLICIES, errors.at("restartPolicy"));
        Values.requiredOneOf(spec.dnsPolicy(), DNS_POLICIES, errors.at("dnsPolicy"));
        MetadataRules.labels(spec.nodeSelector(), errors.at("nodeSelector"));
        SecurityValidation.pod(spec, errors);
        pullSecrets(spec, errors.at("imagePullSecrets"));
        AffinityValidation.check(spec.affinity(), errors.at("affinity"));
        dns(spec.dnsConfig(), spec.dnsPolicy(), errors.at("dnsConfig"));
        readinessGates(spec.readinessGates(), errors.at("readinessGates"));
        schedulingGates(spec.schedulingGates(), errors.at("schedulingGates"));
        SpreadValidation.check(
                spec.topologySpreadConstraints(), errors.at("topologySpreadConstraints"));
        names(spec, errors);
        if (spec.activeDeadlineSeconds() != null) {
            Values.between(
                    spec.activeDeadlineSeconds(),
                    1,
                    Integer.MAX_VALUE,
                    errors.at("activeDeadlineSeconds"));
        }
        TolerationValidation.check(spec.tolerations(), errors.at("tolerations"));
        hostAliases(spec.hostAliases(), errors.at("hostAliases"));
        if (spec.preemptionPolicy() != null) {
            Values.requiredOneOf(
                    spec.preemptionPolicy(), PREEMPTION, errors.at("preemptionPolicy"));
        }
        ResourceValidation.requirements(spec.overhead(), Map.of(), errors.at("overhead"));
        OsValidation.check(spec, errors);
    }

    private static void names(PodSpec spec, FieldErrors errors) {
        optional(spec.serviceAccountName(), errors.at("serviceAccountName"));
        optional(spec.nodeName(), errors.at("nodeName"));
        optional(spec.priorityClassName(), errors.at("priorityClassName"));
        if (spec.runtimeClassName() != null) {
            errors.at("runtimeClassName")
                    .invalid(spec.runtimeClassName(), Names.subdomain(spec.runtimeClassName()));
        }
        if (!spec.hostname().isEmpty()) {
            errors.at("hostname").invalid(spec.hostname(), Names.label(spec.hostname()));
        }
        if (!spec.subdomain().isEmpty()) {
            errors.at("subdomain").invalid(spec.subdomain(), Names.label(spec.subdomain()));
        }
        if (spec.hostnameOverride() != null) {
            hostnameOverride(spec, spec.hostnameOverride(), errors.at("hostnameOverride"));
        }
    }

    private static void hostnameOverride(PodSpec spec, String name, FieldErrors errors) {
        errors.invalid(name, Names.subdomain(name));
        if (name.length() > 64) {
            errors.tooLong(64);
        }
        if (spec.hostNetwork()) {
            errors.forbidden("cannot be set when `hostNetwork` is true");
        }
        if (Boolean.TRUE.equals(spec.setHostnameAsFQDN())) {
            errors.forbidden("cannot be set when `setHostnameAsFQDN` is true");
        }
    }

    private static void optional(String name, FieldErrors errors) {
        if (!name.isEmpty()) {
            errors.invalid(name, Names.subdomain(name));
        }
    }

    private static void pullSecrets(PodSpec spec, FieldErrors errors) {
        // Older releases took a reference without a name, so it stays allowed.
        for (var i = 0; i < spec.imagePullSecrets().size(); i++) {
            var name = spec.imagePullSecrets().get(i).name();
            if (name.contains("/")) {
                errors.at(i).at("name").invalid(name, Names.subdomain(name));
            }
        }
    }

    private static void readinessGates(List<PodReadinessGate> gates, FieldErrors errors) {
        for (var i = 0; i < gates.size(); i++) {
            var type = gates.get(i).conditionType();
            errors.at(i).at("conditionType").invalid(type, Names.qualified(type));
        }
    }

    private static void schedulingGates(List<PodSchedulingGate> gates, FieldErrors errors) {
        var seen = new HashSet<String>();
        for (var i = 0; i < gates.size(); i++) {
            var name = gates.get(i).name();
            errors.at(i).invalid(name, Names.qualified(name));
            if (!seen.add(name)) {
                errors.at(i).duplicate(name);
            }
        }
    }

    private static void hostAliases(List<HostAlias> aliases, FieldErrors errors) {
        for (var i = 0; i < aliases.size(); i++) {
            var alias = aliases.get(i);
            Addresses.ip(alias.ip(), errors.at(i).at("ip"));
            for (var j = 0; j < alias.hostnames().size(); j++) {
                var name = alias.hostnames().get(j);
                errors.at(i).at("hostnames").at(j).invalid(name, Names.subdomain(name));
            }
        }
    }

    private static void dns(@Nullable PodDNSConfig config, String policy, FieldErrors errors) {
        if (policy.equals("None")) {
            if (config == null) {
                errors.required("must provide `dnsConfig` when `dnsPolicy` is None");
                return;
            }
            if (config.nameservers().isEmpty()) {
                errors.at("nameservers")
                        .required(
                                "must provide at least one DNS nameserver when `dnsPolicy` is"
                                        + " None");
                return;
            }
        }
        if (config == null) {
            return;
        }
        var servers = errors.at("nameservers");
        if (config.nameservers().size() > NAMESERVERS_MAX) {
            servers.invalid(
                    config.nameservers(),
                    "must not have more than " + NAMESERVERS_MAX + " nameservers");
        }
        for (var i = 0; i < config.nameservers().size(); i++) {
            Addresses.ip(config.nameservers().get(i), servers.at(i));
        }
        searches(config.searches(), errors.at("searches"));
        for (var i = 0; i < config.options().size(); i++) {
            if (config.options().get(i).name().isEmpty()) {
                errors.at("options").at(i).required("must not be empty");
            }
        }
    }

    private static void searches(List<String> searches, FieldErrors errors) {
        if (searches.size() > SEARCHES_MAX) {
            errors.invalid(searches, "must not have more than " + SEARCHES_MAX + " search paths");
        }
        if (String.join(" ", searches).length() > SEARCH_CHARACTERS_MAX) {
            errors.invalid(
                    searches,
                    "must not have more than "
                            + SEARCH_CHARACTERS_MAX
                            + " characters (including spaces) in the search list");
        }
        for (var i = 0; i < searches.size(); i++) {
            var search = searches.get(i);
            if (search.equals(".")) {
                continue;
            }
            var name = search.endsWith(".") ? search.substring(0, search.length() - 1) : search;
            errors.at(i).invalid(search, Names.subdomain(name.replace('_', 'a')));
        }
    }
}
