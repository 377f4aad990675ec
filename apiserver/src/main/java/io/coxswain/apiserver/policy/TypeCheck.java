package io.coxswain.apiserver.policy;

import io.coxswain.api.admissionregistration.AdmissionRule;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy.ExpressionWarning;
import io.coxswain.api.schema.ResourceKind;
import io.coxswain.apiserver.cel.CelEnvironment;
import io.coxswain.apiserver.cel.DeclType;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Served;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Says what the expressions of a ValidatingAdmissionPolicy get wrong about the kinds that it
/// names: fields that do not exist, values of the wrong type. Policies work without it: to them an
/// object may hold anything.
///
/// Rules with `*` and subresources are not looked at, and at most ten kinds
/// ([KEP-3488](https://kep.k8s.io/3488)).
public record TypeCheck(Catalog catalog) {

    private static final int KINDS_MAX = 10;
    private static final Comparator<ResourceKind<?>> ORDER =
            Comparator.<ResourceKind<?>, String>comparing(ResourceKind::group)
                    .thenComparing(ResourceKind::version)
                    .thenComparing(ResourceKind::kind);

    public List<ExpressionWarning> warnings(ValidatingAdmissionPolicy policy) {
        var environments = environments(policy);
        var warnings = new ArrayList<ExpressionWarning>();
        for (var i = 0; i < policy.spec().validations().size(); i++) {
            var validation = policy.spec().validations().get(i);
            var at = "spec.validations[" + i + "].";
            check(at + "expression", validation.expression(), environments, warnings);
            check(at + "messageExpression", validation.messageExpression(), environments, warnings);
        }
        return List.copyOf(warnings);
    }

    private static void check(
            String field,
            String expression,
            Map<ResourceKind<?>, CelEnvironment> environments,
            List<ExpressionWarning> warnings) {
        if (expression.isEmpty()) {
            return;
        }
        var problems = new ArrayList<String>();
        environments.forEach((kind, environment) -> {
            if (environment.compile(expression) instanceof CelEnvironment.Rejected(var message)) {
                problems.add(
                        "%s/%s, Kind=%s: %s\n"
                                .formatted(kind.group(), kind.version(), kind.kind(), message));
            }
        });
        if (!problems.isEmpty()) {
            warnings.add(new ExpressionWarning(field, String.join("\n", problems)));
        }
    }

    private Map<ResourceKind<?>, CelEnvironment> environments(ValidatingAdmissionPolicy policy) {
        var environments = new TreeMap<ResourceKind<?>, CelEnvironment>(ORDER);
        var constraints = policy.spec().matchConstraints();
        if (constraints == null) {
            return environments;
        }
        for (var rule : constraints.resourceRules()) {
            for (var kind : kinds(rule)) {
                if (environments.size() == KINDS_MAX) {
                    return environments;
                }
                environments.computeIfAbsent(kind.kind(), named -> environment(kind, policy));
            }
        }
        return environments;
    }

    private List<Served<?>> kinds(AdmissionRule rule) {
        var found = new ArrayList<Served<?>>();
        if (Stream.of(rule.apiGroups(), rule.apiVersions())
                .flatMap(List::stream)
                .anyMatch(name -> name.contains("*"))) {
            return found;
        }
        for (var group : rule.apiGroups().stream().sorted().toList()) {
            for (var version : rule.apiVersions().stream().sorted().toList()) {
                for (var resource : rule.resources().stream().sorted().toList()) {
                    var kind = catalog.find(group, version, resource);
                    if (kind != null) {
                        found.add(kind);
                    }
                }
            }
        }
        return found;
    }

    /// What expressions see, the object typed, and each variable as what its expression gives.
    private CelEnvironment environment(Served<?> kind, ValidatingAdmissionPolicy policy) {
        var object = ObjectTypes.of(kind.kind(), kind.schema().get());
        var types = new LinkedHashMap<String, DeclType>();
        types.put("object", object);
        types.put("oldObject", object);
        if (policy.spec().paramKind() != null) {
            types.put("params", DeclType.DYN);
        }
        var variables = new LinkedHashMap<String, DeclType>();
        for (var variable : policy.spec().variables()) {
            var compiled = Environments.typed(types, variables).compile(variable.expression());
            variables.put(
                    variable.name(),
                    compiled instanceof CelEnvironment.Compiled(var program)
                            ? program.resultType()
                            : DeclType.DYN);
        }
        return Environments.typed(types, variables);
    }
}
