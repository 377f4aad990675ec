package io.coxswain.apiserver.policy;

import io.coxswain.api.admissionregistration.MutatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.MutatingAdmissionPolicyBinding;
import io.coxswain.api.codec.Problems;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.patch.JsonPatch;
import io.coxswain.api.schema.ApiError;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.cel.Budget;
import io.coxswain.apiserver.cel.CelFailure;
import io.coxswain.apiserver.cel.ObjectLiteral;
import io.coxswain.apiserver.cel.Values;
import io.coxswain.apiserver.policy.Matching.Seen;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Changes what is written as the MutatingAdmissionPolicies of the cluster say. A policy that wants
/// to is applied again when a later one has changed the object.
public final class MutatingPolicies implements AdmissionPlugin {

    private final Objects objects;
    private final Authorizer authorizer;
    private final Matching matching;
    private final Params params;
    private final PolicyIndex<
                    MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding, MutatingPrograms>
            index;

    public MutatingPolicies(Objects objects, Authorizer authorizer) {
        this.objects = objects;
        this.authorizer = authorizer;
        this.matching = new Matching(objects);
        this.params = new Params(objects);
        this.index =
                new PolicyIndex<>(
                        objects,
                        MutatingAdmissionPolicy.class,
                        MutatingAdmissionPolicyBinding.class,
                        binding -> binding.spec().policyName(),
                        MutatingPrograms::of);
    }

    @Override
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        var writes =
                request.operation() == Operation.CREATE || request.operation() == Operation.UPDATE;
        if (!writes || Matching.never(request)) {
            return object;
        }
        var all = index.all();
        if (all.isEmpty()) {
            return object;
        }
        var changed = object;
        Map<String, T> left = new HashMap<>();
        for (var known : all) {
            changed = applied(known, request, changed);
            left.put(known.policy().name(), changed);
        }
        for (var known : all) {
            if (again(known.policy()) && !changed.equals(left.get(known.policy().name()))) {
                changed = applied(known, request, changed);
            }
        }
        return changed;
    }

    /// Applies those again that want to see what webhooks have done.
    @Override
    public <T> T mutateAgain(AdmissionRequest<T> request, T object) {
        var changed = object;
        for (var known : index.all()) {
            if (again(known.policy()) && !Matching.never(request)) {
                changed = applied(known, request, changed);
            }
        }
        return changed;
    }

    private static boolean again(MutatingAdmissionPolicy policy) {
        return policy.spec().reinvocationPolicy().equals("IfNeeded");
    }

    private <T> T applied(
            PolicyIndex.Known<
                            MutatingAdmissionPolicy,
                            MutatingAdmissionPolicyBinding,
                            MutatingPrograms>
                    known,
            AdmissionRequest<T> request,
            T object) {
        var spec = known.policy().spec();
        var changed = object;
        for (var binding : known.bindings()) {
            var seen = matching.see(spec.matchConstraints(), request, changed);
            if (seen == null
                    || !matching.matches(binding.spec().matchResources(), request, changed)) {
                continue;
            }
            try {
                var with = params.of(spec.paramKind(), binding.spec().paramRef(), request);
                changed = mutated(known.programs(), seen, changed, with);
            } catch (CelFailure failure) {
                if (!"Ignore".equals(spec.failurePolicy())) {
                    throw refusal(request, known.policy(), binding, failure.text());
                }
            }
        }
        return changed;
    }

    private <T, S> T mutated(MutatingPrograms programs, Seen<T, S> seen, T object, List<?> with) {
        var changed = seen.object();
        for (var param : with) {
            changed = mutated(programs, seen.request(), changed, param);
        }
        return changed.equals(seen.object()) ? object : seen.back().apply(changed);
    }

    private <T> T mutated(
            MutatingPrograms programs, AdmissionRequest<T> request, T object, Object param) {
        var budget = new Budget(Budget.PER_OBJECT);
        var changed = object;
        var first = true;
        for (var mutation : programs.mutations()) {
            var sees = new RequestBindings<>(request, changed, objects, authorizer);
            var bindings = new WithVariables(sees, param, programs.variables(), budget);
            if (first && !programs.conditions().hold(bindings, budget)) {
                return object;
            }
            first = false;
            var value = mutation.program().evaluate(bindings, budget);
            changed =
                    read(
                            request,
                            mutation.json()
                                    ? patched(request, changed, value)
                                    : merged(request, changed, value),
                            changed);
        }
        return changed;
    }

    private static <T> Json.Obj merged(AdmissionRequest<T> request, T object, Object value) {
        if (!(value instanceof ObjectLiteral literal)) {
            throw new CelFailure("must evaluate to Object");
        }
        literal.checkNames();
        return TreeMerge.merge(
                request.tree(object), literal.tree(), request.served().schema().get());
    }

    private static <T> Json.Obj patched(AdmissionRequest<T> request, T object, Object value) {
        if (!(value instanceof List<?> operations)) {
            throw new CelFailure("must evaluate to list(JSONPatch)");
        }
        try {
            var patch = JsonPatch.read(JsonWriter.write(Values.json(operations)));
            return patch.apply(request.tree(object)) instanceof Json.Obj tree
                    ? tree
                    : request.tree(object);
        } catch (ApiError error) {
            throw new CelFailure("error applying json patch: " + error.getMessage());
        }
    }

    private static <T> T read(AdmissionRequest<T> request, Json.Obj tree, T before) {
        if (tree.equals(request.tree(before))) {
            return before;
        }
        var served = request.served();
        return served.strategy().withDefaults(served.codec().fromTree(tree, new Problems()));
    }

    private static ApiError refusal(
            AdmissionRequest<?> request,
            MutatingAdmissionPolicy policy,
            MutatingAdmissionPolicyBinding binding,
            String why) {
        return request.forbidden(
                "policy '"
                        + policy.name()
                        + "' with binding '"
                        + binding.name()
                        + "' denied request: "
                        + why);
    }
}
