package io.coxswain.api.core;

import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record SecurityContext(
        @Nullable Capabilities capabilities,
        @Nullable Boolean privileged,
        @Nullable SELinuxOptions seLinuxOptions,
        @Nullable WindowsSecurityContextOptions windowsOptions,
        @Nullable Long runAsUser,
        @Nullable Long runAsGroup,
        @Nullable Boolean runAsNonRoot,
        @Nullable Boolean readOnlyRootFilesystem,
        @Nullable Boolean allowPrivilegeEscalation,
        @Nullable @OneOf({"Default", "Unmasked"}) String procMount,
        @Nullable SeccompProfile seccompProfile,
        @Nullable AppArmorProfile appArmorProfile) {

    public record Capabilities(List<String> add, List<String> drop) {}

    public record SELinuxOptions(String user, String role, String type, String level) {}

    public record WindowsSecurityContextOptions(
            @Nullable String gmsaCredentialSpecName,
            @Nullable String gmsaCredentialSpec,
            @Nullable String runAsUserName,
            @Nullable Boolean hostProcess) {}

    public record SeccompProfile(
            @Required @OneOf({"Localhost", "RuntimeDefault", "Unconfined"}) String type,
            @Nullable String localhostProfile) {}

    public record AppArmorProfile(
            @Required @OneOf({"Localhost", "RuntimeDefault", "Unconfined"}) String type,
            @Nullable String localhostProfile) {}
}
