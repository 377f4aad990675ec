package io.coxswain.apiserver.policy;

import io.coxswain.api.admissionregistration.MatchResources;
import io.coxswain.api.admissionregistration.MatchResources.NamedRuleWithOperations;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.admission.Objects;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whether a write is one that a policy or a webhook wants to see.
public record Matching(Objects objects) {

    private static final String ALL = "*";

    /// Kinds that no policy and no webhook sees, so that nobody can lock the cluster.
    private static final List<String> NEVER =
            List.of(
                    "validatingadmissionpolicies",
                    "validatingadmissionpolicybindings",
                    "mutatingadmissionpolicies",
                    "mutatingadmissionpolicybindings",
                    "validatingwebhookconfigurations",
                    "mutatingwebhookconfigurations");

    /// Null selectors and constraints match everything.
    public <T> boolean matches(
            @Nullable MatchResources wanted, AdmissionRequest<T> request, T object) {
        if (wanted == null) {
            return true;
        }
        return inNamespaces(wanted.namespaceSelector(), request, object)
                && selected(wanted.objectSelector(), request, object)
                && wanted.excludeResourceRules().stream().noneMatch(rule -> covers(rule, request))
                && (wanted.resourceRules().isEmpty()
                        || wanted.resourceRules().stream().anyMatch(rule -> covers(rule, request)));
    }

    public static boolean never(AdmissionRequest<?> request) {
        return request.kind().group().equals("admissionregistration.k8s.io")
                && NEVER.contains(request.kind().plural());
    }

    private static boolean covers(NamedRuleWithOperations rule, AdmissionRequest<?> request) {
        return (rule.resourceNames().isEmpty() || rule.resourceNames().contains(request.name()))
                && covers(
                        rule.operations(),
                        rule.apiGroups(),
                        rule.apiVersions(),
                        rule.resources(),
                        rule.scope(),
                        request);
    }

    /// A rule of a policy or webhook.
    public static boolean covers(
            List<String> operations,
            List<String> groups,
            List<String> versions,
            List<String> resources,
            @Nullable String scope,
            AdmissionRequest<?> request) {
        var kind = request.kind();
        return has(operations, request.operation().name())
                && has(groups, kind.group())
                && has(versions, kind.version())
                && inScope(scope, request)
                && resources.stream().anyMatch(resource -> names(resource, request));
    }

    private static boolean inScope(@Nullable String scope, AdmissionRequest<?> request) {
        if (scope == null || scope.equals(ALL) || scope.isEmpty()) {
            return true;
        }
        return request.kind().namespaced() == scope.equals("Namespaced");
    }

    private static boolean names(String resource, AdmissionRequest<?> request) {
        var slash = resource.indexOf('/');
        var main = slash < 0 ? resource : resource.substring(0, slash);
        var part = slash < 0 ? "" : resource.substring(slash + 1);
        return (main.equals(ALL) || main.equals(request.kind().plural()))
                && (part.equals(ALL) || part.equals(request.subresource()));
    }

    private static boolean has(List<String> values, String value) {
        return values.contains(ALL) || values.contains(value);
    }

    /// Objects of the whole cluster are in every selection of namespaces; a Namespace is judged by
    /// its own labels.
    public <T> boolean inNamespaces(
            @Nullable LabelSelector selector, AdmissionRequest<T> request, T object) {
        if (selector == null) {
            return true;
        }
        var wanted = LabelSelectors.of(selector);
        if (wanted.everything()) {
            return true;
        }
        if (object instanceof Namespace namespace && request.subresource().isEmpty()) {
            var labels =
                    request.operation() == Operation.DELETE
                                    && request.old() instanceof Namespace old
                            ? old.metadata().labels()
                            : namespace.metadata().labels();
            return wanted.matches(labels);
        }
        if (!request.kind().namespaced()) {
            return true;
        }
        var namespace = objects.find(Namespace.class, "", request.namespace());
        return namespace != null && wanted.matches(namespace.metadata().labels());
    }

    /// The object as it was or as it is to be.
    public <T> boolean selected(
            @Nullable LabelSelector selector, AdmissionRequest<T> request, T object) {
        if (selector == null) {
            return true;
        }
        var wanted = LabelSelectors.of(selector);
        var old = request.old();
        if (request.operation() == Operation.CONNECT) {
            return wanted.everything(); // What is asked for has no labels.
        }
        return wanted.everything()
                || (request.operation() != Operation.DELETE
                        && wanted.matches(labels(request, object)))
                || (old != null && wanted.matches(labels(request, old)));
    }

    private static <T> Map<String, String> labels(AdmissionRequest<T> request, T object) {
        return request.served().codec().metadata(object).labels();
    }
}
