package io.coxswain.kubelet.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// As whom and with what rights a sandbox or a container runs.
///
/// One record serves both: a sandbox ignores `capabilities`, `userName`, `noNewPrivileges` and the
/// two path lists. A privileged container needs a privileged sandbox. `seccomp` `null` is
/// unconfined; `apparmor` `null` is the runtime's choice.
public record SecurityContext(
        Namespaces namespaces,
        boolean privileged,
        @Nullable Long user,
        @Nullable Long group,
        @Nullable String userName,
        List<Long> supplementalGroups,
        boolean strictSupplementalGroups,
        boolean readOnlyRootFs,
        boolean noNewPrivileges,
        Capabilities capabilities,
        @Nullable SecurityProfile seccomp,
        @Nullable SecurityProfile apparmor,
        @Nullable SeLinuxOptions seLinux,
        List<String> maskedPaths,
        List<String> readOnlyPaths) {

    public static final SecurityContext NONE = in(Namespaces.DEFAULT);

    public SecurityContext {
        supplementalGroups = List.copyOf(supplementalGroups);
        maskedPaths = List.copyOf(maskedPaths);
        readOnlyPaths = List.copyOf(readOnlyPaths);
    }

    /// The runtime's defaults, in these namespaces.
    public static SecurityContext in(Namespaces namespaces) {
        return new SecurityContext(
                namespaces,
                false,
                null,
                null,
                null,
                List.of(),
                false,
                false,
                false,
                Capabilities.DEFAULT,
                null,
                null,
                null,
                List.of(),
                List.of());
    }

    /// Capabilities over the runtime's default set; names without `CAP_`, or `ALL`.
    public record Capabilities(List<String> add, List<String> drop) {
        public static final Capabilities DEFAULT = new Capabilities(List.of(), List.of());

        public Capabilities {
            add = List.copyOf(add);
            drop = List.copyOf(drop);
        }
    }

    /// A seccomp or AppArmor profile: the runtime's own, none, or one by path or name.
    public sealed interface SecurityProfile {
        record RuntimeDefault() implements SecurityProfile {}

        record Unconfined() implements SecurityProfile {}

        /// For seccomp an absolute path of a JSON file, for AppArmor the name of a loaded profile.
        record Localhost(String reference) implements SecurityProfile {}

        SecurityProfile RUNTIME_DEFAULT = new RuntimeDefault();
        SecurityProfile UNCONFINED = new Unconfined();
    }

    /// An SELinux label; parts that are not asked for are empty.
    public record SeLinuxOptions(String user, String role, String type, String level) {}
}
