package io.coxswain.apiserver.policy;

import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicyBinding;
import io.coxswain.api.meta.Status.StatusCause;
import io.coxswain.api.meta.Status.StatusDetails;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.admission.AdmissionPlugin;
import io.coxswain.apiserver.admission.AdmissionRequest;
import io.coxswain.apiserver.admission.Objects;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.cel.Budget;
import io.coxswain.apiserver.cel.CelFailure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Refuses, or warns about, what the ValidatingAdmissionPolicies of the cluster do not allow.
public final class ValidatingPolicies implements AdmissionPlugin {

    private final Objects objects;
    private final Authorizer authorizer;
    private final Matching matching;
    private final Params params;
    private final PolicyIndex<
                    ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding, ValidatingPrograms>
            index;

    public ValidatingPolicies(Objects objects, Authorizer authorizer) {
        this.objects = objects;
        this.authorizer = authorizer;
        this.matching = new Matching(objects);
        this.params = new Params(objects);
        this.index =
                new PolicyIndex<>(
                        objects,
                        ValidatingAdmissionPolicy.class,
                        ValidatingAdmissionPolicyBinding.class,
                        binding -> binding.spec().policyName(),
                        ValidatingPrograms::of);
    }

    /// What a policy says about a write.
    ///
    /// @param reason of the status; empty for Invalid
    record Denial(String policy, String binding, String message, String reason) {

        String text() {
            return "ValidatingAdmissionPolicy '"
                    + policy
                    + "' with binding '"
                    + binding
                    + "' denied request: "
                    + message;
        }
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        if (Matching.never(request)) {
            return;
        }
        Denial denial = null;
        var notes = new AuditNotes();
        var asAsked = new RequestBindings<>(request, object, objects, authorizer);
        for (var known : index.all()) {
            var seen = matching.see(known.policy().spec().matchConstraints(), request, object);
            if (seen != null) {
                var sees = seen.request().asked() == null ? asAsked : bindings(seen);
                var found = evaluate(known, request, object, sees, notes);
                denial = denial == null ? found : denial;
            }
        }
        notes.publish(request);
        if (denial != null) {
            throw refusal(request, denial);
        }
    }

    private <S> RequestBindings<S> bindings(Matching.Seen<?, S> seen) {
        return new RequestBindings<>(seen.request(), seen.object(), objects, authorizer);
    }

    private <T> @Nullable Denial evaluate(
            PolicyIndex.Known<
                            ValidatingAdmissionPolicy,
                            ValidatingAdmissionPolicyBinding,
                            ValidatingPrograms>
                    known,
            AdmissionRequest<T> request,
            T object,
            RequestBindings<?> sees,
            AuditNotes notes) {
        Denial denial = null;
        for (var binding : known.bindings()) {
            if (!matching.matches(binding.spec().matchResources(), request, object)) {
                continue;
            }
            var spec = known.policy().spec();
            try {
                for (var param : params.of(spec.paramKind(), binding.spec().paramRef(), request)) {
                    var run =
                            new ValidatingRun(
                                    known.policy(),
                                    known.programs(),
                                    sees,
                                    param,
                                    new Budget(Budget.PER_OBJECT));
                    for (var failure : run.all(notes)) {
                        denial = act(request, known.policy(), binding, failure, denial, notes);
                    }
                }
            } catch (CelFailure failure) {
                if (!"Ignore".equals(spec.failurePolicy())) {
                    var told = new ValidatingRun.Failure(-1, failure.text(), "");
                    denial = act(request, known.policy(), binding, told, denial, notes);
                }
            }
        }
        return denial;
    }

    /// Does what the binding wants done about a failure; gives the first denial.
    private static @Nullable Denial act(
            AdmissionRequest<?> request,
            ValidatingAdmissionPolicy policy,
            ValidatingAdmissionPolicyBinding binding,
            ValidatingRun.Failure failure,
            @Nullable Denial before,
            AuditNotes notes) {
        var denial = before;
        for (var action : binding.spec().validationActions()) {
            switch (action) {
                case "Deny" -> {
                    if (denial == null) {
                        denial =
                                new Denial(
                                        policy.name(),
                                        binding.name(),
                                        failure.message(),
                                        failure.reason());
                    }
                }
                case "Warn" ->
                        request.warn(
                                "Validation failed for ValidatingAdmissionPolicy '"
                                        + policy.name()
                                        + "' with binding '"
                                        + binding.name()
                                        + "': "
                                        + failure.message());
                case "Audit" -> notes.failed(policy.name(), binding, failure);
                default -> {}
            }
        }
        return denial;
    }

    private static ApiError refusal(AdmissionRequest<?> request, Denial denial) {
        var reason = denial.reason().isEmpty() ? "Invalid" : denial.reason();
        var code =
                switch (reason) {
                    case "Forbidden" -> 403;
                    case "Unauthorized" -> 401;
                    case "RequestEntityTooLarge" -> 413;
                    default -> 422;
                };
        var kind = request.kind();
        var details =
                new StatusDetails(
                        request.name(),
                        kind.group(),
                        kind.plural(),
                        "",
                        List.of(new StatusCause("", denial.text(), "")),
                        0);
        var message = String.valueOf(request.forbidden(denial.text()).getMessage());
        return Errors.of(code, reason, message, details);
    }
}
