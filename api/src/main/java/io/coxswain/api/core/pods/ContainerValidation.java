package io.coxswain.api.core.pods;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Container.ContainerPort;
import io.coxswain.api.core.Container.ContainerRestartRule;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.validation.Addresses;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// The rules of a pod's containers: main, initial and ephemeral.
final class ContainerValidation {

    private static final List<String> MESSAGE_POLICIES = List.of("File", "FallbackToLogsOnError");
    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");
    private static final List<String> RESTART_POLICIES = List.of("Always", "OnFailure", "Never");
    private static final int RESTART_RULES_MAX = 20;

    private final PodSpec spec;
    private final List<String> claims;
    private final Set<String> names = new HashSet<>();

    private ContainerValidation(PodSpec spec) {
        this.spec = spec;
        this.claims = ClaimNames.of(spec);
    }

    /// Reports at `errors`, which stands at the pod's spec.
    static void all(PodSpec spec, FieldErrors errors) {
        var validation = new ContainerValidation(spec);
        validation.main(errors.at("containers"));
        validation.initial(errors.at("initContainers"));
        validation.ephemeral(errors.at("ephemeralContainers"));
    }

    private void main(FieldErrors errors) {
        if (spec.containers().isEmpty()) {
            errors.required("");
            return;
        }
        var hostPorts = new HashSet<String>();
        for (var i = 0; i < spec.containers().size(); i++) {
            var container = spec.containers().get(i);
            var at = errors.at(i);
            common(container, at);
            lifecycle(container, at);
            restartRules(container, at);
            hostPorts(container.ports(), hostPorts, at.at("ports"));
        }
    }

    private void initial(FieldErrors errors) {
        for (var i = 0; i < spec.initContainers().size(); i++) {
            var container = spec.initContainers().get(i);
            var at = errors.at(i);
            common(container, at);
            restartRules(container, at);
            hostPorts(container.ports(), new HashSet<>(), at.at("ports"));
            if (Objects.equals(container.restartPolicy(), "Always")) {
                lifecycle(container, at);
                continue;
            }
            var reason = "may not be set for init containers without restartPolicy=Always";
            forbidden(container.lifecycle() != null, at.at("lifecycle"), reason);
            forbidden(container.livenessProbe() != null, at.at("livenessProbe"), reason);
            forbidden(container.readinessProbe() != null, at.at("readinessProbe"), reason);
            forbidden(container.startupProbe() != null, at.at("startupProbe"), reason);
        }
    }

    private void ephemeral(FieldErrors errors) {
        for (var i = 0; i < spec.ephemeralContainers().size(); i++) {
            var ephemeral = spec.ephemeralContainers().get(i);
            var container = EphemeralContainers.asContainer(ephemeral);
            var at = errors.at(i);
            var target = ephemeral.targetContainerName();
            if (!target.isEmpty()
                    && spec.containers().stream().noneMatch(c -> c.name().equals(target))
                    && spec.initContainers().stream().noneMatch(c -> c.name().equals(target))) {
                at.at("targetContainerName").notFound(target);
            }
            common(container, at);
            ephemeralOnly(container, at);
        }
    }

    private static void ephemeralOnly(Container container, FieldErrors errors) {
        var reason = "cannot be set for an Ephemeral Container";
        forbidden(!container.ports().isEmpty(), errors.at("ports"), reason);
        forbidden(container.lifecycle() != null, errors.at("lifecycle"), reason);
        forbidden(container.livenessProbe() != null, errors.at("livenessProbe"), reason);
        forbidden(container.readinessProbe() != null, errors.at("readinessProbe"), reason);
        forbidden(container.startupProbe() != null, errors.at("startupProbe"), reason);
        forbidden(!container.resizePolicy().isEmpty(), errors.at("resizePolicy"), reason);
        forbidden(container.restartPolicy() != null, errors.at("restartPolicy"), reason);
        var resources = container.resources();
        forbidden(
                !resources.limits().isEmpty()
                        || !resources.requests().isEmpty()
                        || !resources.claims().isEmpty(),
                errors.at("resources"),
                reason);
        for (var i = 0; i < container.volumeMounts().size(); i++) {
            var mount = container.volumeMounts().get(i);
            var at = errors.at("volumeMounts").at(i);
            forbidden(!mount.subPath().isEmpty(), at.at("subPath"), reason);
            forbidden(!mount.subPathExpr().isEmpty(), at.at("subPathExpr"), reason);
        }
    }

    private void common(Container container, FieldErrors errors) {
        if (container.name().isEmpty()) {
            errors.at("name").required("");
        } else {
            errors.at("name").invalid(container.name(), Names.label(container.name()));
            if (!names.add(container.name())) {
                errors.at("name").duplicate(container.name());
            }
        }
        image(container.image(), errors.at("image"));
        Values.requiredOneOf(
                container.terminationMessagePolicy(),
                MESSAGE_POLICIES,
                errors.at("terminationMessagePolicy"));
        Values.requiredOneOf(
                container.imagePullPolicy(), PULL_POLICIES, errors.at("imagePullPolicy"));
        ports(container.ports(), errors.at("ports"));
        EnvironmentValidation.check(container, errors);
        MountValidation.check(container, spec.volumes(), errors);
        ResourceValidation.container(container.resources(), claims, errors.at("resources"));
        SecurityValidation.container(container, spec, errors.at("securityContext"));
        resizePolicy(container, errors.at("resizePolicy"));
    }

    private static void image(String image, FieldErrors errors) {
        if (image.isEmpty()) {
            errors.required("");
        } else if (!image.strip().equals(image)) {
            errors.invalid(image, "must not have leading or trailing whitespace");
        }
    }

    private void lifecycle(Container container, FieldErrors errors) {
        var grace = spec.terminationGracePeriodSeconds();
        var lifecycle = container.lifecycle();
        if (lifecycle != null) {
            var at = errors.at("lifecycle");
            HandlerValidation.check(lifecycle.postStart(), grace, at.at("postStart"));
            HandlerValidation.check(lifecycle.preStop(), grace, at.at("preStop"));
        }
        HandlerValidation.once(container.livenessProbe(), errors.at("livenessProbe"));
        HandlerValidation.readiness(container.readinessProbe(), errors.at("readinessProbe"));
        HandlerValidation.once(container.startupProbe(), errors.at("startupProbe"));
    }

    private static void ports(List<ContainerPort> ports, FieldErrors errors) {
        var seen = new HashSet<String>();
        for (var i = 0; i < ports.size(); i++) {
            var port = ports.get(i);
            var at = errors.at(i);
            if (!port.name().isEmpty()) {
                var problems = Names.portName(port.name());
                at.at("name").invalid(port.name(), problems);
                if (problems.isEmpty() && !seen.add(port.name())) {
                    at.at("name").duplicate(port.name());
                }
            }
            if (port.containerPort() == 0) {
                at.at("containerPort").required("");
            } else {
                Values.port(port.containerPort(), at.at("containerPort"));
            }
            if (port.hostPort() != 0) {
                Values.port(port.hostPort(), at.at("hostPort"));
            }
            Values.requiredOneOf(port.protocol(), Values.PROTOCOLS, at.at("protocol"));
            if (!port.hostIP().isEmpty()) {
                Addresses.ip(port.hostIP(), at.at("hostIP"));
            }
        }
    }

    private static void hostPorts(
            List<ContainerPort> ports, Set<String> taken, FieldErrors errors) {
        for (var i = 0; i < ports.size(); i++) {
            var port = ports.get(i);
            var place = port.protocol() + "/" + port.hostIP() + "/" + port.hostPort();
            if (port.hostPort() != 0 && !taken.add(place)) {
                errors.at(i).at("hostPort").duplicate(place);
            }
        }
    }

    private static void restartRules(Container container, FieldErrors errors) {
        var policy = container.restartPolicy();
        if (policy != null) {
            Values.oneOf(policy, RESTART_POLICIES, errors.at("restartPolicy"));
        }
        var rules = container.restartPolicyRules();
        if (rules.isEmpty()) {
            return;
        }
        if (policy == null) {
            errors.at("restartPolicy")
                    .required("must specify restartPolicy when restart rules are used");
        }
        var at = errors.at("restartPolicyRules");
        if (rules.size() > RESTART_RULES_MAX) {
            at.tooMany(rules.size(), RESTART_RULES_MAX);
        }
        for (var i = 0; i < rules.size(); i++) {
            restartRule(rules.get(i), at.at(i));
        }
    }

    private static void restartRule(ContainerRestartRule rule, FieldErrors errors) {
        Values.requiredOneOf(
                rule.action(), List.of("Restart", "RestartAllContainers"), errors.at("action"));
        var codes = rule.exitCodes();
        if (codes == null) {
            errors.at("exitCodes").required("must be specified");
            return;
        }
        Values.requiredOneOf(
                codes.operator(), List.of("In", "NotIn"), errors.at("exitCodes").at("operator"));
        if (codes.values().size() > 255) {
            errors.at("exitCodes").at("values").tooMany(codes.values().size(), 255);
        }
    }

    private static void resizePolicy(Container container, FieldErrors errors) {
        var seen = new HashSet<String>();
        for (var i = 0; i < container.resizePolicy().size(); i++) {
            var policy = container.resizePolicy().get(i);
            var at = errors.at(i);
            Values.requiredOneOf(
                    policy.resourceName(), List.of("cpu", "memory"), at.at("resourceName"));
            Values.requiredOneOf(
                    policy.restartPolicy(),
                    List.of("NotRequired", "RestartContainer"),
                    at.at("restartPolicy"));
            if (!seen.add(policy.resourceName())) {
                at.duplicate(policy.resourceName());
            }
        }
    }

    private static void forbidden(boolean present, FieldErrors errors, String reason) {
        if (present) {
            errors.forbidden(reason);
        }
    }

    static void port(IntOrString port, FieldErrors errors) {
        Values.portOrName(port, errors);
    }
}
