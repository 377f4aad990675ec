package io.coxswain.apiserver.admission;

/// Looks at every write before it is stored. A plugin overrides what it needs: `mutate` may return
/// a changed object, `validate` may only refuse; both refuse by throwing an
/// [io.coxswain.api.schema.ApiError].
public interface AdmissionPlugin {

    default <T> T mutate(AdmissionRequest<T> request, T object) {
        return object;
    }

    /// Like [#mutate], for an object that a webhook has changed since.
    default <T> T mutateAgain(AdmissionRequest<T> request, T object) {
        return mutate(request, object);
    }

    /// Completes an object that is good: gives out addresses, for example. What is added here
    /// belongs to no manager.
    default <T> T allocate(AdmissionRequest<T> request, T object) {
        return object;
    }

    default <T> void validate(AdmissionRequest<T> request, T object) {}
}
