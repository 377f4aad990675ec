package io.coxswain.api.core.pods;

import io.coxswain.api.core.NodeSelector;
import io.coxswain.api.core.NodeSelector.NodeSelectorRequirement;
import io.coxswain.api.core.NodeSelector.NodeSelectorTerm;
import io.coxswain.api.core.PodAffinityTerm;
import io.coxswain.api.core.PodSpec.Affinity;
import io.coxswain.api.core.PodSpec.NodeAffinity;
import io.coxswain.api.core.PodSpec.WeightedPodAffinityTerm;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Selectors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of affinities, and of node selectors wherever they appear.
public final class AffinityValidation {

    private static final String REQUIRED = "requiredDuringSchedulingIgnoredDuringExecution";
    private static final String PREFERRED = "preferredDuringSchedulingIgnoredDuringExecution";

    private AffinityValidation() {}

    static void check(@Nullable Affinity affinity, FieldErrors errors) {
        if (affinity == null) {
            return;
        }
        var node = affinity.nodeAffinity();
        if (node != null) {
            node(node, errors.at("nodeAffinity"));
        }
        var pod = affinity.podAffinity();
        if (pod != null) {
            var at = errors.at("podAffinity");
            terms(pod.requiredDuringSchedulingIgnoredDuringExecution(), at.at(REQUIRED));
            weighted(pod.preferredDuringSchedulingIgnoredDuringExecution(), at.at(PREFERRED));
        }
        var anti = affinity.podAntiAffinity();
        if (anti != null) {
            var at = errors.at("podAntiAffinity");
            terms(anti.requiredDuringSchedulingIgnoredDuringExecution(), at.at(REQUIRED));
            weighted(anti.preferredDuringSchedulingIgnoredDuringExecution(), at.at(PREFERRED));
        }
    }

    public static void nodeSelector(NodeSelector selector, FieldErrors errors) {
        var terms = errors.at("nodeSelectorTerms");
        if (selector.nodeSelectorTerms().isEmpty()) {
            terms.required("must have at least one node selector term");
        }
        for (var i = 0; i < selector.nodeSelectorTerms().size(); i++) {
            nodeTerm(selector.nodeSelectorTerms().get(i), terms.at(i));
        }
    }

    /// Keys whose values come from the pod's own labels.
    static void labelKeys(List<String> keys, @Nullable LabelSelector selector, FieldErrors errors) {
        if (!keys.isEmpty() && selector == null) {
            errors.forbidden("must not be specified when labelSelector is not set");
        }
        for (var i = 0; i < keys.size(); i++) {
            errors.at(i).invalid(keys.get(i), Names.qualified(keys.get(i)));
        }
    }

    private static void node(NodeAffinity affinity, FieldErrors errors) {
        var required = affinity.requiredDuringSchedulingIgnoredDuringExecution();
        if (required != null) {
            nodeSelector(required, errors.at(REQUIRED));
        }
        var preferred = affinity.preferredDuringSchedulingIgnoredDuringExecution();
        for (var i = 0; i < preferred.size(); i++) {
            var at = errors.at(PREFERRED).at(i);
            weight(preferred.get(i).weight(), at.at("weight"));
            nodeTerm(preferred.get(i).preference(), at.at("preference"));
        }
    }

    private static void nodeTerm(NodeSelectorTerm term, FieldErrors errors) {
        for (var i = 0; i < term.matchExpressions().size(); i++) {
            expression(term.matchExpressions().get(i), errors.at("matchExpressions").at(i));
        }
        for (var i = 0; i < term.matchFields().size(); i++) {
            field(term.matchFields().get(i), errors.at("matchFields").at(i));
        }
    }

    private static void expression(NodeSelectorRequirement rule, FieldErrors errors) {
        var values = errors.at("values");
        switch (rule.operator()) {
            case "In", "NotIn" -> {
                if (rule.values().isEmpty()) {
                    values.required("must be specified when `operator` is 'In' or 'NotIn'");
                }
            }
            case "Exists", "DoesNotExist" -> {
                if (!rule.values().isEmpty()) {
                    values.forbidden(
                            "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
                }
            }
            case "Gt", "Lt" -> {
                if (rule.values().size() != 1) {
                    values.required(
                            "must be specified single value when `operator` is 'Lt' or 'Gt'");
                }
            }
            default ->
                    errors.at("operator").invalid(rule.operator(), "not a valid selector operator");
        }
        errors.at("key").invalid(rule.key(), Names.qualified(rule.key()));
    }

    private static void field(NodeSelectorRequirement rule, FieldErrors errors) {
        switch (rule.operator()) {
            case "In", "NotIn" -> {
                if (rule.values().size() != 1) {
                    errors.at("values")
                            .required(
                                    "must be only one value when `operator` is 'In' or 'NotIn' for"
                                            + " node field selector");
                }
            }
            default ->
                    errors.at("operator").invalid(rule.operator(), "not a valid selector operator");
        }
        if (!rule.key().equals("metadata.name")) {
            errors.at("key").invalid(rule.key(), "not a valid field selector key");
            return;
        }
        for (var i = 0; i < rule.values().size(); i++) {
            var name = rule.values().get(i);
            errors.at("values").at(i).invalid(name, Names.subdomain(name));
        }
    }

    private static void terms(List<PodAffinityTerm> terms, FieldErrors errors) {
        for (var i = 0; i < terms.size(); i++) {
            term(terms.get(i), errors.at(i));
        }
    }

    private static void weighted(List<WeightedPodAffinityTerm> terms, FieldErrors errors) {
        for (var i = 0; i < terms.size(); i++) {
            weight(terms.get(i).weight(), errors.at(i).at("weight"));
            term(terms.get(i).podAffinityTerm(), errors.at(i).at("podAffinityTerm"));
        }
    }

    private static void term(PodAffinityTerm term, FieldErrors errors) {
        Selectors.check(term.labelSelector(), errors.at("labelSelector"));
        Selectors.check(term.namespaceSelector(), errors.at("namespaceSelector"));
        for (var namespace : term.namespaces()) {
            errors.at("namespace").invalid(namespace, Names.label(namespace));
        }
        labelKeys(term.matchLabelKeys(), term.labelSelector(), errors.at("matchLabelKeys"));
        labelKeys(term.mismatchLabelKeys(), term.labelSelector(), errors.at("mismatchLabelKeys"));
        if (term.topologyKey().isEmpty()) {
            errors.at("topologyKey").required("can not be empty");
        }
        errors.at("topologyKey").invalid(term.topologyKey(), Names.qualified(term.topologyKey()));
    }

    private static void weight(int weight, FieldErrors errors) {
        if (weight < 1 || weight > 100) {
            errors.invalid(weight, "must be in the range 1-100");
        }
    }
}
