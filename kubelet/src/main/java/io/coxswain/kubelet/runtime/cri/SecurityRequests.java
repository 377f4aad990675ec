package io.coxswain.kubelet.runtime.cri;

import io.coxswain.kubelet.runtime.Namespaces;
import io.coxswain.kubelet.runtime.SecurityContext;
import io.coxswain.kubelet.runtime.SecurityContext.SeLinuxOptions;
import io.coxswain.kubelet.runtime.SecurityContext.SecurityProfile;
import io.coxswain.kubelet.runtime.cri.v1.Cri;

/// Writes a [SecurityContext] as the two messages that CRI has for it.
final class SecurityRequests {

    private SecurityRequests() {}

    static Cri.LinuxSandboxSecurityContext sandbox(SecurityContext context) {
        var message =
                Cri.LinuxSandboxSecurityContext.newBuilder()
                        .setNamespaceOptions(namespaces(context.namespaces()))
                        .setPrivileged(context.privileged())
                        .setReadonlyRootfs(context.readOnlyRootFs())
                        .addAllSupplementalGroups(context.supplementalGroups())
                        .setSupplementalGroupsPolicy(policy(context));
        if (context.user() != null) {
            message.setRunAsUser(value(context.user()));
        }
        if (context.group() != null) {
            message.setRunAsGroup(value(context.group()));
        }
        if (context.seccomp() != null) {
            message.setSeccomp(profile(context.seccomp()));
        }
        if (context.apparmor() != null) {
            message.setApparmor(profile(context.apparmor()));
        }
        if (context.seLinux() != null) {
            message.setSelinuxOptions(seLinux(context.seLinux()));
        }
        return message.build();
    }

    static Cri.LinuxContainerSecurityContext container(SecurityContext context) {
        var message =
                Cri.LinuxContainerSecurityContext.newBuilder()
                        .setNamespaceOptions(namespaces(context.namespaces()))
                        .setCapabilities(
                                Cri.Capability.newBuilder()
                                        .addAllAddCapabilities(context.capabilities().add())
                                        .addAllDropCapabilities(context.capabilities().drop()))
                        .setPrivileged(context.privileged())
                        .setRunAsUsername(Requests.text(context.userName()))
                        .setReadonlyRootfs(context.readOnlyRootFs())
                        .setNoNewPrivs(context.noNewPrivileges())
                        .addAllSupplementalGroups(context.supplementalGroups())
                        .setSupplementalGroupsPolicy(policy(context))
                        .addAllMaskedPaths(context.maskedPaths())
                        .addAllReadonlyPaths(context.readOnlyPaths());
        if (context.user() != null) {
            message.setRunAsUser(value(context.user()));
        }
        if (context.group() != null) {
            message.setRunAsGroup(value(context.group()));
        }
        if (context.seccomp() != null) {
            message.setSeccomp(profile(context.seccomp()));
        }
        if (context.apparmor() != null) {
            message.setApparmor(profile(context.apparmor()));
        }
        if (context.seLinux() != null) {
            message.setSelinuxOptions(seLinux(context.seLinux()));
        }
        return message.build();
    }

    private static Cri.NamespaceOption namespaces(Namespaces namespaces) {
        var message =
                Cri.NamespaceOption.newBuilder()
                        .setNetwork(mode(namespaces.network()))
                        .setPid(mode(namespaces.pid()))
                        .setIpc(mode(namespaces.ipc()))
                        .setTargetId(Requests.text(namespaces.targetId()));
        var user = namespaces.user();
        if (user != null) {
            var mapped = message.getUsernsOptionsBuilder().setMode(Cri.NamespaceMode.POD);
            user.uids().forEach(ids -> mapped.addUids(mapping(ids)));
            user.gids().forEach(ids -> mapped.addGids(mapping(ids)));
        }
        return message.build();
    }

    private static Cri.NamespaceMode mode(Namespaces.Mode mode) {
        return switch (mode) {
            case POD -> Cri.NamespaceMode.POD;
            case CONTAINER -> Cri.NamespaceMode.CONTAINER;
            case NODE -> Cri.NamespaceMode.NODE;
            case TARGET -> Cri.NamespaceMode.TARGET;
        };
    }

    private static Cri.IDMapping mapping(Namespaces.IdMapping ids) {
        return Cri.IDMapping.newBuilder()
                .setHostId((int) ids.hostId())
                .setContainerId((int) ids.containerId())
                .setLength((int) ids.length())
                .build();
    }

    private static Cri.SupplementalGroupsPolicy policy(SecurityContext context) {
        return context.strictSupplementalGroups()
                ? Cri.SupplementalGroupsPolicy.Strict
                : Cri.SupplementalGroupsPolicy.Merge;
    }

    private static Cri.SecurityProfile profile(SecurityProfile profile) {
        var message = Cri.SecurityProfile.newBuilder();
        return switch (profile) {
            case SecurityProfile.RuntimeDefault() ->
                    message.setProfileType(Cri.SecurityProfile.ProfileType.RuntimeDefault).build();
            case SecurityProfile.Unconfined() ->
                    message.setProfileType(Cri.SecurityProfile.ProfileType.Unconfined).build();
            case SecurityProfile.Localhost(var reference) ->
                    message.setProfileType(Cri.SecurityProfile.ProfileType.Localhost)
                            .setLocalhostRef(reference)
                            .build();
        };
    }

    private static Cri.SELinuxOption seLinux(SeLinuxOptions options) {
        return Cri.SELinuxOption.newBuilder()
                .setUser(options.user())
                .setRole(options.role())
                .setType(options.type())
                .setLevel(options.level())
                .build();
    }

    private static Cri.Int64Value value(long number) {
        return Cri.Int64Value.newBuilder().setValue(number).build();
    }
}
