package io.coxswain.api.apiregistration;

import io.coxswain.api.apiregistration.APIService.APIServiceSpec;
import io.coxswain.api.apiregistration.APIService.ServiceReference;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;

/// The defaults and rules of APIServices.
final class APIServiceRules {

    private static final int HTTPS = 443;

    private APIServiceRules() {}

    static APIService withDefaults(APIService service) {
        var target = service.spec().service();
        return target == null || target.port() != null
                ? service
                : Edit.with(
                        service,
                        APIService::spec,
                        Edit.with(
                                service.spec(),
                                APIServiceSpec::service,
                                new ServiceReference(target.namespace(), target.name(), HTTPS)));
    }

    static void check(APIService service, FieldErrors all) {
        var spec = service.spec();
        var errors = all.at("spec");
        var name = spec.version() + "." + spec.group();
        if (!service.name().equals(name)) {
            all.at("metadata")
                    .at("name")
                    .invalid(
                            service.name(),
                            "must be `spec.version+\".\"+spec.group`: \"" + name + "\"");
        }
        if (!spec.group().isEmpty()) {
            errors.at("group").invalid(spec.group(), Names.subdomain(spec.group()));
        } else if (!spec.version().equals("v1")) {
            errors.at("group")
                    .required("only v1 may have an empty group and it better be legacy kube");
        }
        errors.at("version").invalid(spec.version(), Names.label1035(spec.version()));
        if (spec.groupPriorityMinimum() <= 0 || spec.groupPriorityMinimum() > 20000) {
            errors.at("groupPriorityMinimum")
                    .invalid(spec.groupPriorityMinimum(), "must be positive and less than 20000");
        }
        if (spec.versionPriority() <= 0 || spec.versionPriority() > 1000) {
            errors.at("versionPriority")
                    .invalid(spec.versionPriority(), "must be positive and less than 1000");
        }
        if (spec.insecureSkipTLSVerify() && spec.caBundle().length > 0) {
            errors.at("insecureSkipTLSVerify")
                    .invalid(true, "may not be true if caBundle is present");
        }
        var target = spec.service();
        if (target == null) {
            if (spec.insecureSkipTLSVerify()) {
                errors.at("insecureSkipTLSVerify")
                        .invalid(true, "local APIServices may not have insecureSkipTLSVerify");
            }
            return;
        }
        Values.required(target.namespace(), errors.at("service").at("namespace"));
        Values.required(target.name(), errors.at("service").at("name"));
        if (target.port() != null) {
            Values.port(target.port(), errors.at("service").at("port"));
        }
    }
}
