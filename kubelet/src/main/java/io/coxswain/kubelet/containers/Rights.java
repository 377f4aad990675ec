package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.SecurityContext.SELinuxOptions;
import io.coxswain.api.core.SecurityContext.SeccompProfile;
import io.coxswain.api.schema.RecordType;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.PodFormat;
import io.coxswain.kubelet.pod.StartFailure;
import io.coxswain.kubelet.runtime.Image;
import io.coxswain.kubelet.runtime.Namespaces;
import io.coxswain.kubelet.runtime.Namespaces.Mode;
import io.coxswain.kubelet.runtime.SecurityContext;
import io.coxswain.kubelet.runtime.SecurityContext.Capabilities;
import io.coxswain.kubelet.runtime.SecurityContext.SeLinuxOptions;
import io.coxswain.kubelet.runtime.SecurityContext.SecurityProfile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// As whom, where and with what rights a pod's sandbox and containers run.
final class Rights {

    private static final Duration RETRY = Duration.ofSeconds(10);

    /// Parts of /proc and /sys that containers have no business with.
    private static final List<String> MASKED =
            List.of(
                    "/proc/asound",
                    "/proc/acpi",
                    "/proc/interrupts",
                    "/proc/kcore",
                    "/proc/keys",
                    "/proc/latency_stats",
                    "/proc/timer_list",
                    "/proc/timer_stats",
                    "/proc/sched_debug",
                    "/proc/scsi",
                    "/sys/firmware",
                    "/sys/devices/virtual/powercap");

    private static final List<String> READ_ONLY =
            List.of("/proc/bus", "/proc/fs", "/proc/irq", "/proc/sys", "/proc/sysrq-trigger");

    private static final PodSpec.PodSecurityContext NO_POD_CONTEXT =
            RecordType.of(PodSpec.PodSecurityContext.class).empty();
    private static final io.coxswain.api.core.SecurityContext NO_CONTEXT =
            RecordType.of(io.coxswain.api.core.SecurityContext.class).empty();

    private final Path seccompProfiles;

    Rights(Path seccompProfiles) {
        this.seccompProfiles = seccompProfiles;
    }

    static PodSpec.PodSecurityContext context(Pod pod) {
        var context = pod.spec().securityContext();
        return context == null ? NO_POD_CONTEXT : context;
    }

    static io.coxswain.api.core.SecurityContext context(Container container) {
        var context = container.securityContext();
        return context == null ? NO_CONTEXT : context;
    }

    static Namespaces namespaces(Pod pod, @Nullable String targetId) {
        var spec = pod.spec();
        var pid = Mode.CONTAINER;
        if (spec.hostPID()) {
            pid = Mode.NODE;
        } else if (Boolean.TRUE.equals(spec.shareProcessNamespace())) {
            pid = Mode.POD;
        } else if (targetId != null) {
            pid = Mode.TARGET;
        }
        return new Namespaces(
                spec.hostNetwork() ? Mode.NODE : Mode.POD,
                pid,
                spec.hostIPC() ? Mode.NODE : Mode.POD,
                pid == Mode.TARGET ? targetId : null,
                null);
    }

    SecurityContext sandbox(Pod pod) {
        var context = context(pod);
        var privileged =
                PodContainer.all(pod).stream()
                        .anyMatch(c -> Boolean.TRUE.equals(context(c.spec()).privileged()));
        return new SecurityContext(
                namespaces(pod, null),
                privileged,
                context.runAsUser(),
                context.runAsUser() == null ? null : context.runAsGroup(),
                null,
                groups(pod),
                "Strict".equals(context.supplementalGroupsPolicy()),
                false,
                false,
                Capabilities.DEFAULT,
                SecurityProfile.RUNTIME_DEFAULT,
                null,
                seLinux(context.seLinuxOptions()),
                List.of(),
                List.of());
    }

    /// @param targetId the container an ephemeral container looks into, by the runtime's id
    SecurityContext container(
            Pod pod, PodContainer container, Image image, @Nullable String targetId)
            throws StartFailure {
        var own = context(container.spec());
        var whole = context(pod);
        var user = first(own.runAsUser(), whole.runAsUser());
        requireNonRoot(pod, container, image, user);
        var unmasked = "Unmasked".equals(own.procMount());
        var privileged = Boolean.TRUE.equals(own.privileged());
        return new SecurityContext(
                namespaces(pod, targetId),
                privileged,
                user != null ? user : image.userName() == null ? image.user() : null,
                first(own.runAsGroup(), whole.runAsGroup()),
                user != null ? null : image.userName(),
                groups(pod),
                "Strict".equals(whole.supplementalGroupsPolicy()),
                Boolean.TRUE.equals(own.readOnlyRootFilesystem()),
                Boolean.FALSE.equals(own.allowPrivilegeEscalation()),
                capabilities(own),
                seccomp(privileged, first(own.seccompProfile(), whole.seccompProfile())),
                null,
                seLinux(first(own.seLinuxOptions(), whole.seLinuxOptions())),
                unmasked ? List.of() : MASKED,
                unmasked ? List.of() : READ_ONLY);
    }

    private static void requireNonRoot(
            Pod pod, PodContainer container, Image image, @Nullable Long user) throws StartFailure {
        var asked = first(context(container.spec()).runAsNonRoot(), context(pod).runAsNonRoot());
        if (!Boolean.TRUE.equals(asked)) {
            return;
        }
        var where = " (pod: \"" + PodFormat.pod(pod) + "\", container: " + container.name() + ")";
        if (user != null) {
            if (user == 0) {
                throw refused("container's runAsUser breaks non-root policy" + where);
            }
            return;
        }
        var name = image.userName();
        if (name != null) {
            throw refused(
                    "container has runAsNonRoot and image has non-numeric user ("
                            + name
                            + "), cannot verify user is non-root"
                            + where);
        }
        if (image.user() == null || image.user() == 0) {
            throw refused("container has runAsNonRoot and image will run as root" + where);
        }
    }

    private static StartFailure refused(String message) {
        return new StartFailure("CreateContainerConfigError", message, RETRY);
    }

    private static Capabilities capabilities(io.coxswain.api.core.SecurityContext context) {
        var asked = context.capabilities();
        return asked == null
                ? Capabilities.DEFAULT
                : new Capabilities(plain(asked.add()), plain(asked.drop()));
    }

    private static List<String> plain(List<String> names) {
        return names.stream()
                .map(name -> name.startsWith("CAP_") ? name.substring("CAP_".length()) : name)
                .toList();
    }

    private @Nullable SecurityProfile seccomp(
            boolean privileged, @Nullable SeccompProfile profile) {
        if (privileged || profile == null) {
            return SecurityProfile.UNCONFINED;
        }
        return switch (profile.type()) {
            case "RuntimeDefault" -> SecurityProfile.RUNTIME_DEFAULT;
            case "Localhost" ->
                    new SecurityProfile.Localhost(
                            seccompProfiles
                                    .resolve(String.valueOf(profile.localhostProfile()))
                                    .toString());
            default -> SecurityProfile.UNCONFINED;
        };
    }

    private static @Nullable SeLinuxOptions seLinux(@Nullable SELinuxOptions options) {
        return options == null
                ? null
                : new SeLinuxOptions(
                        options.user(), options.role(), options.type(), options.level());
    }

    private static List<Long> groups(Pod pod) {
        var context = context(pod);
        var groups = new ArrayList<>(context.supplementalGroups());
        var fsGroup = context.fsGroup();
        if (fsGroup != null) {
            groups.add(fsGroup);
        }
        return groups;
    }

    private static <T> @Nullable T first(@Nullable T own, @Nullable T whole) {
        return own != null ? own : whole;
    }
}
