package io.coxswain.api.core.pods;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.PodSecurityContext;
import io.coxswain.api.core.PodSpec.Sysctl;
import io.coxswain.api.core.SecurityContext;
import io.coxswain.api.core.SecurityContext.AppArmorProfile;
import io.coxswain.api.core.SecurityContext.SeccompProfile;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The rules of security contexts, of pods and of containers.
final class SecurityValidation {

    private static final List<String> PROFILES =
            List.of("Localhost", "RuntimeDefault", "Unconfined");
    private static final String SYSCTL_FORM =
            "([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?";
    private static final Pattern SYSCTL_PART = Pattern.compile("[a-z0-9]([-_a-z0-9]*[a-z0-9])?");

    private SecurityValidation() {}

    /// Reports at `errors`, which stands at the pod's spec.
    static void pod(PodSpec spec, FieldErrors errors) {
        var context = spec.securityContext();
        if (context == null) {
            return;
        }
        var at = errors.at("securityContext");
        if (spec.hostNetwork()) {
            hostPorts(spec.containers(), errors.at("containers"));
            hostPorts(spec.initContainers(), errors.at("initContainers"));
        }
        id(context.fsGroup(), at.at("fsGroup"));
        id(context.runAsUser(), at.at("runAsUser"));
        id(context.runAsGroup(), at.at("runAsGroup"));
        for (var i = 0; i < context.supplementalGroups().size(); i++) {
            id(context.supplementalGroups().get(i), at.at("supplementalGroups").at(i));
        }
        if (Boolean.TRUE.equals(spec.shareProcessNamespace()) && spec.hostPID()) {
            at.at("shareProcessNamespace")
                    .invalid(true, "ShareProcessNamespace and HostPID cannot both be enabled");
        }
        policies(context, at);
        sysctls(context.sysctls(), spec, at.at("sysctls"));
        seccomp(context.seccompProfile(), at.at("seccompProfile"));
        appArmor(context.appArmorProfile(), at.at("appArmorProfile"));
    }

    static void container(Container container, PodSpec spec, FieldErrors errors) {
        var context = container.securityContext();
        if (context == null) {
            return;
        }
        id(context.runAsUser(), errors.at("runAsUser"));
        id(context.runAsGroup(), errors.at("runAsGroup"));
        if (context.procMount() != null) {
            Values.oneOf(
                    context.procMount(), List.of("Default", "Unmasked"), errors.at("procMount"));
            if (context.procMount().equals("Unmasked") && !Boolean.FALSE.equals(spec.hostUsers())) {
                errors.at("procMount")
                        .invalid(
                                context.procMount(), "`hostUsers` must be false to use `Unmasked`");
            }
        }
        escalation(context, errors);
        seccomp(context.seccompProfile(), errors.at("seccompProfile"));
        appArmor(context.appArmorProfile(), errors.at("appArmorProfile"));
    }

    private static void escalation(SecurityContext context, FieldErrors errors) {
        if (!Boolean.FALSE.equals(context.allowPrivilegeEscalation())) {
            return;
        }
        if (Boolean.TRUE.equals(context.privileged())) {
            errors.invalid(
                    context,
                    "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
        if (context.capabilities() != null
                && context.capabilities().add().contains("CAP_SYS_ADMIN")) {
            errors.invalid(
                    context,
                    "cannot set `allowPrivilegeEscalation` to false and `capabilities.Add`"
                            + " CAP_SYS_ADMIN");
        }
    }

    private static void policies(PodSecurityContext context, FieldErrors errors) {
        if (context.fsGroupChangePolicy() != null) {
            Values.oneOf(
                    context.fsGroupChangePolicy(),
                    List.of("Always", "OnRootMismatch"),
                    errors.at("fsGroupChangePolicy"));
        }
        if (context.supplementalGroupsPolicy() != null) {
            Values.oneOf(
                    context.supplementalGroupsPolicy(),
                    List.of("Merge", "Strict"),
                    errors.at("supplementalGroupsPolicy"));
        }
        if (context.seLinuxChangePolicy() != null) {
            Values.oneOf(
                    context.seLinuxChangePolicy(),
                    List.of("MountOption", "Recursive"),
                    errors.at("seLinuxChangePolicy"));
        }
    }

    private static void hostPorts(List<Container> containers, FieldErrors errors) {
        for (var i = 0; i < containers.size(); i++) {
            var ports = containers.get(i).ports();
            for (var j = 0; j < ports.size(); j++) {
                var port = ports.get(j);
                // In a template the host port may be left open.
                if (port.hostPort() != 0 && port.hostPort() != port.containerPort()) {
                    errors.at(i)
                            .at("ports")
                            .at(j)
                            .at("containerPort")
                            .invalid(
                                    port.containerPort(),
                                    "must match `hostPort` when `hostNetwork` is true");
                }
            }
        }
    }

    private static void sysctls(List<Sysctl> sysctls, PodSpec spec, FieldErrors errors) {
        var seen = new HashSet<String>();
        for (var i = 0; i < sysctls.size(); i++) {
            var name = sysctls.get(i).name();
            var at = errors.at(i).at("name");
            if (name.isEmpty()) {
                at.required("");
            } else if (!isSysctl(name)) {
                at.invalid(
                        name,
                        "must have at most 253 characters and match regex ^" + SYSCTL_FORM + "$");
            } else if (!seen.add(name.replace('/', '.'))) {
                at.duplicate(name);
            }
            if (spec.hostNetwork() && name.startsWith("net.")) {
                at.invalid(name, "may not be specified when 'hostNetwork' is set to true");
            }
            if (spec.hostIPC() && name.matches("kernel\\.(shm|msg|sem).*|fs\\.mqueue\\..*")) {
                at.invalid(name, "may not be specified when 'hostIPC' is set to true");
            }
        }
    }

    private static boolean isSysctl(String name) {
        return name.length() <= 253
                && List.of(name.split("[./]", -1)).stream()
                        .allMatch(part -> SYSCTL_PART.matcher(part).matches());
    }

    private static void id(@Nullable Long id, FieldErrors errors) {
        if (id != null) {
            Values.between(id, 0, Integer.MAX_VALUE, errors);
        }
    }

    private static void seccomp(@Nullable SeccompProfile profile, FieldErrors errors) {
        if (profile == null) {
            return;
        }
        var local = profile.localhostProfile();
        if (profile.type().equals("Localhost")) {
            if (local == null || local.isEmpty()) {
                errors.at("localhostProfile")
                        .required("must be set when seccomp type is Localhost");
            } else {
                VolumeValidation.descendingPath(local, errors.at("localhostProfile"));
            }
        } else if (local != null) {
            errors.at("localhostProfile")
                    .invalid(local, "can only be set when seccomp type is Localhost");
        }
        if (profile.type().isEmpty()) {
            errors.at("type").required("type is required when seccompProfile is set");
            return;
        }
        Values.oneOf(profile.type(), PROFILES, errors.at("type"));
    }

    private static void appArmor(@Nullable AppArmorProfile profile, FieldErrors errors) {
        if (profile == null) {
            return;
        }
        var local = profile.localhostProfile();
        if (profile.type().equals("Localhost")) {
            if (local == null || local.isBlank()) {
                errors.at("localhostProfile")
                        .required("must be set when AppArmor type is Localhost");
            } else if (!local.strip().equals(local)) {
                errors.at("localhostProfile").invalid(local, "must not be padded with whitespace");
            }
        } else if (local != null) {
            errors.at("localhostProfile")
                    .invalid(local, "can only be set when AppArmor type is Localhost");
        }
        if (profile.type().isEmpty()) {
            errors.at("type").required("type is required when appArmorProfile is set");
            return;
        }
        Values.oneOf(profile.type(), PROFILES, errors.at("type"));
    }
}
