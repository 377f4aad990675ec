package io.coxswain.apiserver.policy;

import io.coxswain.api.resource.DeviceClass;
import io.coxswain.api.resource.DeviceSelector;
import io.coxswain.api.resource.ResourceClaim;
import io.coxswain.api.resource.ResourceClaimSpec;
import io.coxswain.api.resource.ResourceClaimTemplate;
import io.coxswain.api.schema.Errors;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.cel.CelEnvironment;
import io.coxswain.apiserver.cel.CelEnvironment.Compiled;
import io.coxswain.apiserver.cel.CelEnvironment.Rejected;
import io.coxswain.apiserver.cel.DeclType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Refuses selectors of devices that do not compile, that say neither yes nor no, or that would
/// cost too much.
public record DeviceExpressions() implements AdmissionPlugin {

    private static final long COST_MAX = 1_000_000;

    /// A device has at most this many attributes and capacities.
    private static final int NAMES_MAX = 32;

    private static final int TEXT_MAX = 64;

    /// Made on first use, because most servers never see a selector.
    private static final class Environment {
        static final CelEnvironment DEVICE = new CelEnvironment(Map.of("device", device()));

        private static DeclType device() {
            var text = DeclType.STRING.max(TEXT_MAX);
            var quantity = new DeclType.Opaque("kubernetes.Quantity");
            var fields = new LinkedHashMap<String, DeclType>();
            fields.put("driver", text);
            fields.put("attributes", byDomain(DeclType.DYN));
            fields.put("capacity", byDomain(quantity));
            fields.put("allowMultipleAllocations", DeclType.BOOL);
            return RequestTypes.object("kubernetes.DRADevice", fields);
        }

        private static DeclType byDomain(DeclType value) {
            var text = DeclType.STRING.max(TEXT_MAX);
            var names = new DeclType.MapOf(text, value, NAMES_MAX);
            return new DeclType.MapOf(text, names, NAMES_MAX);
        }
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        var writes =
                request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (!writes || !request.subresource().isEmpty()) {
            return;
        }
        var errors = new FieldErrors();
        switch (object) {
            case DeviceClass kind -> {
                if (!(request.old() instanceof DeviceClass old)
                        || !Objects.equals(old.spec(), kind.spec())) {
                    selectors(kind.spec().selectors(), errors.at("spec").at("selectors"));
                }
            }
            case ResourceClaim claim when request.operation() == Operation.CREATE ->
                    spec(claim.spec(), errors.at("spec"));
            case ResourceClaimTemplate template when request.operation() == Operation.CREATE ->
                    spec(template.spec().spec(), errors.at("spec").at("spec"));
            default -> {}
        }
        if (!errors.isEmpty()) {
            var kind = request.kind();
            throw Errors.invalid(kind.group(), kind.kind(), request.name(), errors.all());
        }
    }

    private static void spec(ResourceClaimSpec spec, FieldErrors errors) {
        var requests = spec.devices().requests();
        for (var i = 0; i < requests.size(); i++) {
            var at = errors.at("devices").at("requests").at(i);
            var exactly = requests.get(i).exactly();
            if (exactly != null) {
                selectors(exactly.selectors(), at.at("exactly").at("selectors"));
            }
            var ways = requests.get(i).firstAvailable();
            for (var j = 0; j < ways.size(); j++) {
                selectors(ways.get(j).selectors(), at.at("firstAvailable").at(j).at("selectors"));
            }
        }
    }

    private static void selectors(List<DeviceSelector> selectors, FieldErrors errors) {
        for (var i = 0; i < selectors.size(); i++) {
            var cel = selectors.get(i).cel();
            if (cel != null) {
                check(cel.expression(), errors.at(i).at("cel").at("expression"));
            }
        }
    }

    private static void check(String expression, FieldErrors errors) {
        switch (Environment.DEVICE.compile(expression)) {
            case Rejected(var message) ->
                    errors.invalid(expression, "compilation failed: " + message);
            case Compiled(var program) -> {
                var type = program.resultTypeName();
                if (!type.equals("bool") && !type.equals("dyn")) {
                    errors.invalid(
                            expression, "must evaluate to bool or the unknown type, not " + type);
                } else if (program.estimate().max() > COST_MAX) {
                    errors.forbidden("too complex, exceeds cost limit");
                }
            }
        }
    }
}
