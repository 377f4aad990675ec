package io.coxswain.kubelet.runtime.cri;

import io.coxswain.kubelet.runtime.Container;
import io.coxswain.kubelet.runtime.ContainerConfig;
import io.coxswain.kubelet.runtime.ContainerFilter;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import io.coxswain.kubelet.runtime.ContainerRuntimeException.Reason;
import io.coxswain.kubelet.runtime.ContainerStats;
import io.coxswain.kubelet.runtime.ContainerStatus;
import io.coxswain.kubelet.runtime.ExecResult;
import io.coxswain.kubelet.runtime.Images;
import io.coxswain.kubelet.runtime.Resources;
import io.coxswain.kubelet.runtime.RuntimeStatus;
import io.coxswain.kubelet.runtime.RuntimeVersion;
import io.coxswain.kubelet.runtime.Sandbox;
import io.coxswain.kubelet.runtime.SandboxConfig;
import io.coxswain.kubelet.runtime.SandboxFilter;
import io.coxswain.kubelet.runtime.SandboxStats;
import io.coxswain.kubelet.runtime.SandboxStatus;
import io.coxswain.kubelet.runtime.cri.v1.Cri;
import io.coxswain.kubelet.runtime.cri.v1.RuntimeServiceGrpc;
import io.coxswain.kubelet.runtime.cri.v1.RuntimeServiceGrpc.RuntimeServiceBlockingStub;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container runtime behind a CRI v1 socket. It connects at the first call. While the runtime is
/// away calls fail with `UNAVAILABLE` at once, and each of them makes it look again: after the
/// runtime is back, the first call or two may still fail.
public final class CriRuntime implements ContainerRuntime {

    /// What a call may take. Making a sandbox or container may take twice that: it mounts and
    /// starts.
    private static final Duration CALL_MAX = Duration.ofMinutes(2);

    private final CriChannel channel;
    private final RuntimeServiceBlockingStub stub;
    private final CriImages images;

    private CriRuntime(CriChannel channel) {
        this.channel = channel;
        this.stub = RuntimeServiceGrpc.newBlockingStub(channel.grpc());
        this.images = new CriImages(channel.grpc());
    }

    /// Opens the socket at this path; nothing is sent yet.
    public static CriRuntime at(Path socket) {
        return new CriRuntime(CriChannel.open(socket));
    }

    @Override
    public RuntimeVersion version() {
        var request = Cri.VersionRequest.getDefaultInstance();
        var reply = Calls.ask(() -> within(CALL_MAX).version(request));
        return new RuntimeVersion(
                reply.getRuntimeName(), reply.getRuntimeVersion(), reply.getRuntimeApiVersion());
    }

    @Override
    public RuntimeStatus status() {
        var request = Cri.StatusRequest.getDefaultInstance();
        return Replies.status(Calls.ask(() -> within(CALL_MAX).status(request)));
    }

    @Override
    public CgroupDriver cgroupDriver() {
        var request = Cri.RuntimeConfigRequest.getDefaultInstance();
        try {
            var reply = Calls.ask(() -> within(CALL_MAX).runtimeConfig(request));
            var systemd =
                    reply.hasLinux()
                            && reply.getLinux().getCgroupDriver() == Cri.CgroupDriver.SYSTEMD;
            return systemd ? CgroupDriver.SYSTEMD : CgroupDriver.CGROUPFS;
        } catch (ContainerRuntimeException e) {
            if (e.is(Reason.UNIMPLEMENTED)) {
                return CgroupDriver.CGROUPFS; // containerd before 2.0; ours is configured so.
            }
            throw e;
        }
    }

    @Override
    public Images images() {
        return images;
    }

    @Override
    public String runSandbox(SandboxConfig config, @Nullable String handler) {
        var request =
                Cri.RunPodSandboxRequest.newBuilder()
                        .setConfig(Requests.sandbox(config))
                        .setRuntimeHandler(Requests.text(handler))
                        .build();
        return Calls.ask(() -> within(CALL_MAX.multipliedBy(2)).runPodSandbox(request))
                .getPodSandboxId();
    }

    @Override
    public void stopSandbox(String id) {
        Calls.askGone(() -> within(CALL_MAX).stopPodSandbox(sandbox(id)));
    }

    @Override
    public void removeSandbox(String id) {
        Calls.askGone(() -> within(CALL_MAX).removePodSandbox(sandbox(id)));
    }

    @Override
    public List<Sandbox> sandboxes(SandboxFilter filter) {
        var request =
                Cri.ListPodSandboxRequest.newBuilder().setFilter(Requests.filter(filter)).build();
        return Calls.ask(() -> within(CALL_MAX).listPodSandbox(request)).getItemsList().stream()
                .map(Replies::sandbox)
                .toList();
    }

    @Override
    public SandboxStatus sandboxStatus(String id) {
        var reply = Calls.ask(() -> within(CALL_MAX).podSandboxStatus(sandbox(id)));
        return Replies.sandboxStatus(reply.getStatus());
    }

    @Override
    public String createContainer(
            String sandboxId, ContainerConfig config, SandboxConfig sandboxConfig) {
        var request =
                Cri.CreateContainerRequest.newBuilder()
                        .setPodSandboxId(sandboxId)
                        .setConfig(Requests.container(config))
                        .setSandboxConfig(Requests.sandbox(sandboxConfig))
                        .build();
        return Calls.ask(() -> within(CALL_MAX.multipliedBy(2)).createContainer(request))
                .getContainerId();
    }

    @Override
    public void start(String containerId) {
        Calls.ask(() -> within(CALL_MAX).startContainer(container(containerId)));
    }

    @Override
    public void stop(String containerId, Duration timeout) {
        var request =
                Cri.StopContainerRequest.newBuilder()
                        .setContainerId(containerId)
                        .setTimeout(seconds(timeout))
                        .build();
        Calls.askGone(() -> within(CALL_MAX.plus(timeout)).stopContainer(request));
    }

    @Override
    public void remove(String containerId) {
        Calls.askGone(() -> within(CALL_MAX).removeContainer(container(containerId)));
    }

    @Override
    public List<Container> containers(ContainerFilter filter) {
        var request =
                Cri.ListContainersRequest.newBuilder().setFilter(Requests.filter(filter)).build();
        return Calls.ask(() -> within(CALL_MAX).listContainers(request))
                .getContainersList()
                .stream()
                .map(Replies::container)
                .toList();
    }

    @Override
    public ContainerStatus containerStatus(String containerId) {
        var reply = Calls.ask(() -> within(CALL_MAX).containerStatus(container(containerId)));
        return Replies.containerStatus(reply.getStatus());
    }

    @Override
    public void updateResources(
            String containerId, Resources resources, Map<String, String> annotations) {
        var request =
                Cri.UpdateContainerResourcesRequest.newBuilder()
                        .setContainerId(containerId)
                        .setLinux(Requests.resources(resources))
                        .putAllAnnotations(annotations)
                        .build();
        Calls.ask(() -> within(CALL_MAX).updateContainerResources(request));
    }

    @Override
    public void reopenLog(String containerId) {
        Calls.ask(() -> within(CALL_MAX).reopenContainerLog(container(containerId)));
    }

    @Override
    public ExecResult execSync(String containerId, List<String> command, Duration timeout) {
        var request =
                Cri.ExecSyncRequest.newBuilder()
                        .setContainerId(containerId)
                        .addAllCmd(command)
                        .setTimeout(seconds(timeout))
                        .build();
        // The runtime's own timeout waits for every process that holds the output, so ours decides.
        var reply = Calls.ask(() -> within(timeout).execSync(request));
        return new ExecResult(
                reply.getExitCode(),
                reply.getStdout().toByteArray(),
                reply.getStderr().toByteArray());
    }

    @Override
    public URI exec(StreamRequest request, List<String> command) {
        var message =
                Cri.ExecRequest.newBuilder()
                        .setContainerId(request.containerId())
                        .addAllCmd(command)
                        .setTty(request.tty())
                        .setStdin(request.stdin())
                        .setStdout(request.stdout())
                        .setStderr(request.stderr())
                        .build();
        return URI.create(Calls.ask(() -> within(CALL_MAX).exec(message)).getUrl());
    }

    @Override
    public URI attach(StreamRequest request) {
        var message =
                Cri.AttachRequest.newBuilder()
                        .setContainerId(request.containerId())
                        .setTty(request.tty())
                        .setStdin(request.stdin())
                        .setStdout(request.stdout())
                        .setStderr(request.stderr())
                        .build();
        return URI.create(Calls.ask(() -> within(CALL_MAX).attach(message)).getUrl());
    }

    @Override
    public URI portForward(String sandboxId, List<Integer> ports) {
        var message =
                Cri.PortForwardRequest.newBuilder()
                        .setPodSandboxId(sandboxId)
                        .addAllPort(ports)
                        .build();
        return URI.create(Calls.ask(() -> within(CALL_MAX).portForward(message)).getUrl());
    }

    @Override
    public List<ContainerStats> containerStats(ContainerFilter filter) {
        var request =
                Cri.ListContainerStatsRequest.newBuilder()
                        .setFilter(
                                Cri.ContainerStatsFilter.newBuilder()
                                        .setId(Requests.text(filter.id()))
                                        .setPodSandboxId(Requests.text(filter.sandboxId()))
                                        .putAllLabelSelector(filter.labels()))
                        .build();
        return Calls.ask(() -> within(CALL_MAX).listContainerStats(request)).getStatsList().stream()
                .map(UsageReplies::container)
                .toList();
    }

    @Override
    public SandboxStats sandboxStats(String sandboxId) {
        var reply = Calls.ask(() -> within(CALL_MAX).podSandboxStats(sandbox(sandboxId)));
        return UsageReplies.sandbox(reply.getStats());
    }

    @Override
    public void close() {
        channel.close();
    }

    private RuntimeServiceBlockingStub within(Duration time) {
        return stub.withDeadlineAfter(time);
    }

    /// Whole seconds, rounded up: a short time must not become "none".
    private static long seconds(Duration time) {
        return time.plusNanos(999_999_999).toSeconds();
    }

    private static Cri.SandboxRequest sandbox(String id) {
        return Cri.SandboxRequest.newBuilder().setPodSandboxId(id).build();
    }

    private static Cri.ContainerRequest container(String id) {
        return Cri.ContainerRequest.newBuilder().setContainerId(id).build();
    }
}
