package io.coxswain.api.admissionregistration;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which writes somebody wants to see. `*` stands for all.
public interface AdmissionRule {

    List<String> operations();

    List<String> apiGroups();

    List<String> apiVersions();

    /// `pods`, `pods/status`, `*/scale`.
    List<String> resources();

    /// `Cluster`, `Namespaced`; null or `*` for both.
    @Nullable String scope();

    /// Empty for all.
    default List<String> resourceNames() {
        return List.of();
    }
}
