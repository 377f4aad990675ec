package io.coxswain.api.networking;

import io.coxswain.api.networking.HTTPIngressRuleValue.HTTPIngressPath;
import io.coxswain.api.networking.Ingress.IngressRule;
import io.coxswain.api.networking.IngressClass.IngressClassParametersReference;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Addresses;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rules of Ingresses and IngressClasses.
final class IngressRules {

    private static final List<String> PATH_TYPES =
            List.of("Exact", "ImplementationSpecific", "Prefix");
    private static final List<String> NO_SEQUENCES = List.of("//", "/./", "/../", "%2f", "%2F");
    private static final int CONTROLLER_MAX = 250;

    private IngressRules() {}

    static void check(Ingress ingress, FieldErrors all) {
        var spec = ingress.spec();
        var errors = all.at("spec");
        if (spec.rules().isEmpty() && spec.defaultBackend() == null) {
            errors.invalid(null, "either `defaultBackend` or `rules` must be specified");
        }
        if (spec.defaultBackend() != null) {
            backend(spec.defaultBackend(), errors.at("defaultBackend"));
        }
        for (var i = 0; i < spec.rules().size(); i++) {
            rule(spec.rules().get(i), errors.at("rules").at(i));
        }
        for (var i = 0; i < spec.tls().size(); i++) {
            var tls = spec.tls().get(i);
            var at = errors.at("tls").at(i);
            for (var j = 0; j < tls.hosts().size(); j++) {
                host(tls.hosts().get(j), at.at("hosts").at(j));
            }
            if (!tls.secretName().isEmpty()) {
                at.at("secretName").invalid(tls.secretName(), Names.subdomain(tls.secretName()));
            }
        }
        var kind = spec.ingressClassName();
        if (kind != null) {
            errors.at("ingressClassName").invalid(kind, Names.subdomain(kind));
        }
    }

    static IngressClass withDefaults(IngressClass kind) {
        var parameters = kind.spec().parameters();
        return parameters == null || parameters.scope() != null
                ? kind
                : Edit.with(
                        kind,
                        IngressClass::spec,
                        new IngressClass.IngressClassSpec(
                                kind.spec().controller(),
                                Edit.with(
                                        parameters,
                                        IngressClassParametersReference::scope,
                                        "Cluster")));
    }

    static void check(IngressClass kind, FieldErrors all) {
        var errors = all.at("spec");
        var controller = kind.spec().controller();
        if (controller.isEmpty()) {
            errors.at("controller").required("");
        } else {
            if (controller.length() > CONTROLLER_MAX) {
                errors.at("controller").tooLong(CONTROLLER_MAX);
            }
            domainPath(controller, errors.at("controller"));
        }
        parameters(kind.spec().parameters(), errors.at("parameters"));
    }

    static void update(IngressClass old, IngressClass updated, FieldErrors errors) {
        Values.immutable(
                old.spec().controller(),
                updated.spec().controller(),
                errors.at("spec").at("controller"));
    }

    private static void domainPath(String text, FieldErrors errors) {
        var slash = text.indexOf('/');
        if (slash <= 0 || slash == text.length() - 1) {
            errors.invalid(text, "must be a domain-prefixed path (such as \"acme.io/foo\")");
            return;
        }
        errors.invalid(text.substring(0, slash), Names.subdomain(text.substring(0, slash)));
    }

    private static void parameters(
            @Nullable IngressClassParametersReference reference, FieldErrors errors) {
        if (reference == null) {
            return;
        }
        Values.required(reference.kind(), errors.at("kind"));
        Values.required(reference.name(), errors.at("name"));
        var group = reference.apiGroup();
        if (group != null) {
            errors.at("apiGroup").invalid(group, Names.subdomain(group));
        }
        var namespace = reference.namespace();
        switch (Objects.requireNonNullElse(reference.scope(), "")) {
            case "" -> errors.at("scope").required("");
            case "Namespace" -> {
                if (namespace == null || namespace.isEmpty()) {
                    errors.at("namespace").required("`parameters.scope` is set to 'Namespace'");
                } else {
                    errors.at("namespace").invalid(namespace, Names.label(namespace));
                }
            }
            case "Cluster" -> {
                if (namespace != null) {
                    errors.at("namespace").forbidden("`parameters.scope` is set to 'Cluster'");
                }
            }
            default ->
                    errors.at("scope")
                            .notSupported(reference.scope(), List.of("Cluster", "Namespace"));
        }
    }

    private static void rule(IngressRule rule, FieldErrors errors) {
        if (!rule.host().isEmpty()) {
            if (Addresses.parse(rule.host()) != null) {
                errors.at("host").invalid(rule.host(), "must be a DNS name, not an IP address");
            } else {
                host(rule.host(), errors.at("host"));
            }
        }
        var http = rule.http();
        if (http == null) {
            return;
        }
        if (http.paths().isEmpty()) {
            errors.at("http").at("paths").required("");
        }
        for (var i = 0; i < http.paths().size(); i++) {
            path(http.paths().get(i), errors.at("http").at("paths").at(i));
        }
    }

    private static void host(String host, FieldErrors errors) {
        errors.invalid(
                host, host.contains("*") ? Names.wildcardSubdomain(host) : Names.subdomain(host));
    }

    private static void path(HTTPIngressPath path, FieldErrors errors) {
        switch (path.pathType()) {
            case "" -> errors.at("pathType").required("pathType must be specified");
            case "Exact", "Prefix" -> strict(path.path(), errors.at("path"));
            case "ImplementationSpecific" -> {
                if (!path.path().isEmpty() && !path.path().startsWith("/")) {
                    errors.at("path").invalid(path.path(), "must be an absolute path");
                }
            }
            default -> errors.at("pathType").notSupported(path.pathType(), PATH_TYPES);
        }
        backend(path.backend(), errors.at("backend"));
    }

    private static void strict(String path, FieldErrors errors) {
        if (!path.startsWith("/")) {
            errors.invalid(path, "must be an absolute path");
        }
        for (var sequence : NO_SEQUENCES) {
            if (path.contains(sequence)) {
                errors.invalid(path, "must not contain '" + sequence + "'");
            }
        }
        for (var end : List.of("/..", "/.")) {
            if (path.endsWith(end)) {
                errors.invalid(path, "cannot end with '" + end + "'");
            }
        }
    }

    private static void backend(IngressBackend backend, FieldErrors errors) {
        var service = backend.service();
        var resource = backend.resource();
        if (service != null && resource != null) {
            errors.invalid("", "cannot set both resource and service backends");
        } else if (resource != null) {
            Values.required(resource.kind(), errors.at("resource").at("kind"));
            Values.required(resource.name(), errors.at("resource").at("name"));
        } else if (service == null) {
            errors.invalid("", "resource or service backend is required");
        } else {
            service(service, errors);
        }
    }

    private static void service(IngressBackend.IngressServiceBackend service, FieldErrors errors) {
        if (service.name().isEmpty()) {
            errors.at("service").at("name").required("");
        } else {
            errors.at("service")
                    .at("name")
                    .invalid(service.name(), Names.label1035(service.name()));
        }
        var port = service.port();
        if (!port.name().isEmpty() && port.number() != 0) {
            errors.invalid("", "cannot set both port name & port number");
        } else if (!port.name().isEmpty()) {
            errors.at("service")
                    .at("port")
                    .at("name")
                    .invalid(port.name(), Names.portName(port.name()));
        } else if (port.number() != 0) {
            Values.port(port.number(), errors.at("service").at("port").at("number"));
        } else {
            errors.required("port name or number is required");
        }
    }
}
