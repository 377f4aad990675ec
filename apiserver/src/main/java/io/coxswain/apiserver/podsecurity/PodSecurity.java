package io.coxswain.apiserver.podsecurity;

import io.coxswain.api.apps.DaemonSet;
import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.apps.StatefulSet;
import io.coxswain.api.batch.CronJob;
import io.coxswain.api.batch.Job;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodTemplate;
import io.coxswain.api.core.PodTemplateSpec;
import io.coxswain.api.core.ReplicationController;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.admission.Objects;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Holds pods to the standards that the labels of their namespace name: refuses what must not run,
/// warns about what a workload will not be able to run.
///
public record PodSecurity(Objects objects, PodSecuritySettings settings)
        implements AdmissionPlugin {

    /// A namespace with more pods than this is not looked through entirely when its labels change.
    private static final int PODS_MAX = 3_000;

    private static final Set<String> PARTS = Set.of("", "ephemeralcontainers");

    private static final String EXEMPT = NamespacePolicy.PREFIX + "exempt";

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        var writes =
                request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (!writes) {
            return;
        }
        switch (object) {
            case Namespace namespace when request.subresource().isEmpty() ->
                    namespace(request, namespace);
            case Pod pod when PARTS.contains(request.subresource()) -> pod(request, pod);
            default -> {
                var template = request.subresource().isEmpty() ? template(object) : null;
                if (template != null) {
                    workload(request, template);
                }
            }
        }
    }

    private void pod(AdmissionRequest<?> request, Pod pod) {
        if (request.old() instanceof Pod old && !matters(old, pod)) {
            return;
        }
        var policy = policy(request, pod.spec().runtimeClassName());
        if (policy == null) {
            return;
        }
        request.annotate(NamespacePolicy.PREFIX + "enforce-policy", policy.enforce().toString());
        if (policy.allowsAll()) {
            return;
        }
        var subject = Subject.of(pod.metadata(), pod.spec());
        audit(request, policy, subject);
        var refused = Checks.evaluate(policy.enforce(), subject);
        if (!refused.isEmpty()) {
            throw request.forbidden(
                    "violates PodSecurity \"" + policy.enforce() + "\": " + text(refused));
        }
        warn(request, policy, subject);
    }

    private void workload(AdmissionRequest<?> request, PodTemplateSpec template) {
        var policy = policy(request, template.spec().runtimeClassName());
        if (policy == null || policy.allowsAll()) {
            return;
        }
        var subject = Subject.of(template.metadata(), template.spec());
        audit(request, policy, subject);
        warn(request, policy, subject);
    }

    private static void audit(
            AdmissionRequest<?> request, NamespacePolicy policy, Subject subject) {
        var findings = Checks.evaluate(policy.audit(), subject);
        if (!findings.isEmpty()) {
            request.annotate(
                    NamespacePolicy.PREFIX + "audit-violations",
                    "would violate PodSecurity \"" + policy.audit() + "\": " + text(findings));
        }
    }

    private static void warn(AdmissionRequest<?> request, NamespacePolicy policy, Subject pod) {
        var findings = Checks.evaluate(policy.warn(), pod);
        if (!findings.isEmpty()) {
            request.warn("would violate PodSecurity \"" + policy.warn() + "\": " + text(findings));
        }
    }

    private void namespace(AdmissionRequest<?> request, Namespace namespace) {
        var labels = namespace.metadata().labels();
        var errors = new FieldErrors();
        NamespacePolicy.check(labels, errors);
        var old = request.old() instanceof Namespace before ? before.metadata().labels() : null;
        if (!errors.isEmpty()) {
            var before = new FieldErrors();
            NamespacePolicy.check(old == null ? Map.of() : old, before);
            if (before.isEmpty()) {
                throw Errors.invalid("", "Namespace", request.name(), errors.all());
            }
            return;
        }
        if (old == null || settings.namespaces().contains(request.name())) {
            return;
        }
        var was = NamespacePolicy.of(old, settings.defaults()).enforce();
        var now = NamespacePolicy.of(labels, settings.defaults()).enforce();
        var relaxed = was.minor() == now.minor() && !now.stricterThan(was);
        if (now.level() != Level.PRIVILEGED && !now.equals(was) && !relaxed) {
            warnOfPods(request, request.name(), now);
        }
    }

    private void warnOfPods(AdmissionRequest<?> request, String namespace, Standard standard) {
        var byReasons = new LinkedHashMap<String, List<String>>();
        var pods = objects.all(Pod.class, namespace);
        for (var pod : pods.subList(0, Math.min(PODS_MAX, pods.size()))) {
            var findings = Checks.evaluate(standard, Subject.of(pod.metadata(), pod.spec()));
            if (!findings.isEmpty() && !settings.runtimeClasses().contains(runtime(pod))) {
                var reasons =
                        findings.stream().map(Finding::reason).collect(Collectors.joining(", "));
                byReasons.computeIfAbsent(reasons, key -> new ArrayList<>()).add(pod.name());
            }
        }
        if (byReasons.isEmpty()) {
            return;
        }
        request.warn(
                "existing pods in namespace \""
                        + namespace
                        + "\" violate the new PodSecurity enforce level \""
                        + standard
                        + "\"");
        byReasons.entrySet().stream()
                .map(entry -> others(entry.getValue()) + ": " + entry.getKey())
                .sorted()
                .forEach(request::warn);
    }

    private static String others(List<String> names) {
        var more = names.size() - 1;
        return switch (more) {
            case 0 -> names.getFirst();
            case 1 -> names.getFirst() + " (and 1 other pod)";
            default -> names.getFirst() + " (and " + more + " other pods)";
        };
    }

    /// Null where no standard is applied.
    private @Nullable NamespacePolicy policy(
            AdmissionRequest<?> request, @Nullable String runtimeClass) {
        var exempt =
                settings.namespaces().contains(request.namespace())
                        ? "namespace"
                        : settings.users().contains(request.user().name())
                                ? "user"
                                : runtimeClass != null
                                                && settings.runtimeClasses().contains(runtimeClass)
                                        ? "runtimeClass"
                                        : "";
        if (!exempt.isEmpty()) {
            request.annotate(EXEMPT, exempt);
            return null;
        }
        var namespace = objects.find(Namespace.class, "", request.namespace());
        return namespace == null
                ? null
                : NamespacePolicy.of(namespace.metadata().labels(), settings.defaults());
    }

    private static String runtime(Pod pod) {
        var name = pod.spec().runtimeClassName();
        return name == null ? "" : name;
    }

    /// Of a running pod little can change, and only images and debug containers matter here.
    private static boolean matters(Pod old, Pod pod) {
        return !old.spec().containers().equals(pod.spec().containers())
                || !old.spec().initContainers().equals(pod.spec().initContainers())
                || !old.spec().ephemeralContainers().equals(pod.spec().ephemeralContainers())
                || !profiles(old).equals(profiles(pod));
    }

    private static Map<String, String> profiles(Pod pod) {
        return pod.metadata().annotations().entrySet().stream()
                .filter(entry ->
                        entry.getKey().contains("apparmor.security.beta")
                                || entry.getKey().contains("seccomp.security.alpha"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static @Nullable PodTemplateSpec template(Object object) {
        return switch (object) {
            case PodTemplate it -> it.template();
            case ReplicationController it -> it.spec().template();
            case ReplicaSet it -> it.spec().template();
            case Deployment it -> it.spec().template();
            case DaemonSet it -> it.spec().template();
            case StatefulSet it -> it.spec().template();
            case Job it -> it.spec().template();
            case CronJob it -> it.spec().jobTemplate().spec().template();
            default -> null;
        };
    }

    private static String text(List<Finding> findings) {
        return findings.stream().map(Finding::toString).collect(Collectors.joining(", "));
    }
}
