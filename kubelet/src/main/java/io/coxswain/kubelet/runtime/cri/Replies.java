package io.coxswain.kubelet.runtime.cri;

import io.coxswain.kubelet.runtime.Container;
import io.coxswain.kubelet.runtime.ContainerStatus;
import io.coxswain.kubelet.runtime.Image;
import io.coxswain.kubelet.runtime.Mount;
import io.coxswain.kubelet.runtime.Namespaces;
import io.coxswain.kubelet.runtime.PodIdentity;
import io.coxswain.kubelet.runtime.Resources;
import io.coxswain.kubelet.runtime.RuntimeStatus;
import io.coxswain.kubelet.runtime.Sandbox;
import io.coxswain.kubelet.runtime.SandboxStatus;
import io.coxswain.kubelet.runtime.cri.v1.Cri;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import org.jspecify.annotations.Nullable;

/// Reads CRI messages into our values. Zero and the empty string are absent where absence means
/// something.
final class Replies {

    private static final long NANOS_PER_SECOND = 1_000_000_000;

    private Replies() {}

    static RuntimeStatus status(Cri.StatusResponse reply) {
        return new RuntimeStatus(
                reply.getStatus().getConditionsList().stream()
                        .map(c ->
                                new RuntimeStatus.Condition(
                                        c.getType(), c.getStatus(), c.getReason(), c.getMessage()))
                        .toList(),
                reply.getRuntimeHandlersList().stream().map(Replies::handler).toList(),
                reply.getFeatures().getSupplementalGroupsPolicy());
    }

    private static RuntimeStatus.Handler handler(Cri.RuntimeHandler handler) {
        return new RuntimeStatus.Handler(
                handler.getName(),
                handler.getFeatures().getRecursiveReadOnlyMounts(),
                handler.getFeatures().getUserNamespaces());
    }

    static Sandbox sandbox(Cri.PodSandbox sandbox) {
        return new Sandbox(
                sandbox.getId(),
                pod(sandbox.getMetadata()),
                state(sandbox.getState()),
                time(sandbox.getCreatedAt()),
                sandbox.getLabelsMap(),
                sandbox.getAnnotationsMap(),
                orNull(sandbox.getRuntimeHandler()));
    }

    static SandboxStatus sandboxStatus(Cri.PodSandboxStatus status) {
        var sandbox =
                new Sandbox(
                        status.getId(),
                        pod(status.getMetadata()),
                        state(status.getState()),
                        time(status.getCreatedAt()),
                        status.getLabelsMap(),
                        status.getAnnotationsMap(),
                        orNull(status.getRuntimeHandler()));
        var ips = new ArrayList<String>();
        if (!status.getNetwork().getIp().isEmpty()) {
            ips.add(status.getNetwork().getIp());
        }
        status.getNetwork().getAdditionalIpsList().forEach(ip -> ips.add(ip.getIp()));
        var network = status.getLinux().getNamespaces().getOptions().getNetwork();
        return new SandboxStatus(
                sandbox,
                ips,
                network == Cri.NamespaceMode.NODE ? Namespaces.Mode.NODE : Namespaces.Mode.POD);
    }

    static PodIdentity pod(Cri.PodSandboxMetadata pod) {
        return new PodIdentity(pod.getName(), pod.getNamespace(), pod.getUid(), pod.getAttempt());
    }

    private static Sandbox.State state(Cri.PodSandboxState state) {
        return state == Cri.PodSandboxState.SANDBOX_READY
                ? Sandbox.State.READY
                : Sandbox.State.NOT_READY;
    }

    static Container container(Cri.Container container) {
        return new Container(
                container.getId(),
                container.getPodSandboxId(),
                container.getMetadata().getName(),
                container.getMetadata().getAttempt(),
                container.getImage().getImage(),
                container.getImageRef(),
                state(container.getState()),
                time(container.getCreatedAt()),
                container.getLabelsMap(),
                container.getAnnotationsMap());
    }

    static ContainerStatus containerStatus(Cri.ContainerStatus status) {
        return new ContainerStatus(
                status.getId(),
                status.getMetadata().getName(),
                status.getMetadata().getAttempt(),
                state(status.getState()),
                time(status.getCreatedAt()),
                timeOrNull(status.getStartedAt()),
                timeOrNull(status.getFinishedAt()),
                status.getExitCode(),
                status.getReason(),
                status.getMessage(),
                status.getImage().getImage(),
                status.getImageRef(),
                status.getLabelsMap(),
                status.getAnnotationsMap(),
                status.getMountsList().stream().map(Replies::mount).toList(),
                orNull(status.getLogPath()),
                status.hasResources() ? resources(status.getResources().getLinux()) : null,
                status.hasUser() ? user(status.getUser().getLinux()) : null);
    }

    private static Container.State state(Cri.ContainerState state) {
        return switch (state) {
            case CONTAINER_CREATED -> Container.State.CREATED;
            case CONTAINER_RUNNING -> Container.State.RUNNING;
            case CONTAINER_EXITED -> Container.State.EXITED;
            case CONTAINER_UNKNOWN, UNRECOGNIZED -> Container.State.UNKNOWN;
        };
    }

    private static Mount mount(Cri.Mount mount) {
        var propagation =
                switch (mount.getPropagation()) {
                    case PROPAGATION_PRIVATE, UNRECOGNIZED -> Mount.Propagation.PRIVATE;
                    case PROPAGATION_HOST_TO_CONTAINER -> Mount.Propagation.HOST_TO_CONTAINER;
                    case PROPAGATION_BIDIRECTIONAL -> Mount.Propagation.BIDIRECTIONAL;
                };
        var image =
                mount.hasImage()
                        ? new Mount.ImageSource(
                                mount.getImage().getImage(), orNull(mount.getImageSubPath()))
                        : null;
        return new Mount(
                mount.getContainerPath(),
                orNull(mount.getHostPath()),
                mount.getReadonly(),
                mount.getRecursiveReadOnly(),
                mount.getSelinuxRelabel(),
                propagation,
                image);
    }

    private static Resources resources(Cri.LinuxContainerResources limits) {
        var hugepages = new HashMap<String, Long>();
        limits.getHugepageLimitsList()
                .forEach(limit -> hugepages.put(limit.getPageSize(), limit.getLimit()));
        return new Resources(
                orNull(limits.getCpuShares()),
                orNull(limits.getCpuQuota()),
                orNull(limits.getCpuPeriod()),
                orNull(limits.getMemoryLimitInBytes()),
                orNull(limits.getMemorySwapLimitInBytes()),
                (int) limits.getOomScoreAdj(),
                orNull(limits.getCpusetCpus()),
                orNull(limits.getCpusetMems()),
                hugepages,
                limits.getUnifiedMap());
    }

    private static ContainerStatus.User user(Cri.LinuxContainerUser user) {
        return new ContainerStatus.User(
                user.getUid(), user.getGid(), user.getSupplementalGroupsList());
    }

    static Image image(Cri.Image image) {
        return new Image(
                image.getId(),
                image.getRepoTagsList(),
                image.getRepoDigestsList(),
                image.getSize(),
                image.hasUid() ? image.getUid().getValue() : null,
                orNull(image.getUsername()),
                image.getPinned());
    }

    static Instant time(long nanos) {
        return Instant.ofEpochSecond(nanos / NANOS_PER_SECOND, nanos % NANOS_PER_SECOND);
    }

    private static @Nullable Instant timeOrNull(long nanos) {
        return nanos == 0 ? null : time(nanos);
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static @Nullable Long orNull(long number) {
        return number == 0 ? null : number;
    }
}
