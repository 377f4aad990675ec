package io.coxswain.apiserver.policy;

import io.coxswain.api.admissionregistration.AdmissionRule;
import io.coxswain.api.admissionregistration.MatchResources;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.api.selector.LabelSelectors;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.registry.Served;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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

    /// A write as one policy or webhook sees it: in the version that its rules name.
    ///
    /// @param back the object, changed or not, in the version of the write
    public record Seen<T, S>(AdmissionRequest<S> request, S object, Function<S, T> back) {

        static <T> Seen<T, T> asAsked(AdmissionRequest<T> request, T object) {
            return new Seen<>(request, object, Function.identity());
        }
    }

    public static boolean never(AdmissionRequest<?> request) {
        return request.kind().group().equals("admissionregistration.k8s.io")
                && NEVER.contains(request.kind().plural());
    }

    public <T> boolean matches(
            @Nullable MatchResources wanted, AdmissionRequest<T> request, T object) {
        return see(wanted, request, object) != null;
    }

    /// What a policy sees of a write; null when it does not want to. Null selectors and constraints
    /// match everything.
    public <T> @Nullable Seen<T, ?> see(
            @Nullable MatchResources wanted, AdmissionRequest<T> request, T object) {
        if (wanted == null) {
            return Seen.asAsked(request, object);
        }
        var policy = wanted.matchPolicy();
        if (!inNamespaces(wanted.namespaceSelector(), request, object)
                || !selected(wanted.objectSelector(), request, object)
                || version(wanted.excludeResourceRules(), policy, request) != null) {
            return null;
        }
        return wanted.resourceRules().isEmpty()
                ? Seen.asAsked(request, object)
                : see(wanted.resourceRules(), policy, request, object);
    }

    /// What somebody with these rules sees of a write; null when nothing.
    ///
    /// @param policy null for the default, `Equivalent`
    public <T> @Nullable Seen<T, ?> see(
            List<? extends AdmissionRule> rules,
            @Nullable String policy,
            AdmissionRequest<T> request,
            T object) {
        var version = version(rules, policy, request);
        if (version == null) {
            return null;
        }
        return version.equals(request.kind())
                ? Seen.asAsked(request, object)
                : translated(request, object, version);
    }

    /// The version in which the rules want to see a write; null for none. One that is asked for in
    /// a version no rule names may be covered in another.
    private @Nullable ResourceKind<?> version(
            List<? extends AdmissionRule> rules,
            @Nullable String policy,
            AdmissionRequest<?> request) {
        for (var rule : rules) {
            if (covers(rule, request, request.kind())) {
                return request.kind();
            }
        }
        if (rules.isEmpty() || "Exact".equals(policy) || request.operation() == Operation.CONNECT) {
            return null;
        }
        var versions = objects.catalog().versions(request.key().resource());
        for (var rule : rules) {
            for (var version : versions) {
                if (covers(rule, request, version.kind())) {
                    return version.kind();
                }
            }
        }
        return null;
    }

    private static boolean covers(
            AdmissionRule rule, AdmissionRequest<?> request, ResourceKind<?> kind) {
        return has(rule.operations(), request.operation().name())
                && has(rule.apiGroups(), kind.group())
                && has(rule.apiVersions(), kind.version())
                && inScope(rule.scope(), kind)
                && named(rule, request, kind)
                && (rule.resourceNames().isEmpty()
                        || rule.resourceNames().contains(request.name()));
    }

    /// A loop: with many policies much of a write's time passes here.
    private static boolean named(
            AdmissionRule rule, AdmissionRequest<?> request, ResourceKind<?> kind) {
        for (var resource : rule.resources()) {
            if (names(resource, request, kind)) {
                return true;
            }
        }
        return false;
    }

    private static boolean inScope(@Nullable String scope, ResourceKind<?> kind) {
        return scope == null
                || scope.isEmpty()
                || scope.equals(ALL)
                || kind.namespaced() == scope.equals("Namespaced");
    }

    private static boolean names(
            String resource, AdmissionRequest<?> request, ResourceKind<?> kind) {
        var slash = resource.indexOf('/');
        var main = slash < 0 ? resource : resource.substring(0, slash);
        var part = slash < 0 ? "" : resource.substring(slash + 1);
        return (main.equals(ALL) || main.equals(kind.plural()))
                && (part.equals(ALL) || part.equals(request.subresource()));
    }

    private static boolean has(List<String> values, String value) {
        return values.contains(ALL) || values.contains(value);
    }

    private <T> Seen<T, ?> translated(
            AdmissionRequest<T> request, T object, ResourceKind<?> version) {
        if (request.sendsItsOwnKind()) {
            return Seen.asAsked(request.of(version), object);
        }
        for (var served : objects.catalog().versions(request.key().resource())) {
            if (served.kind().equals(version)) {
                return translated(request, object, served);
            }
        }
        throw new IllegalStateException(version + " is not served any more");
    }

    private static <T, S> Seen<T, S> translated(
            AdmissionRequest<T> request, T object, Served<S> version) {
        var there = request.in(version);
        return new Seen<>(
                there,
                request.translated(version, object),
                changed -> there.translated(request.served(), changed));
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
