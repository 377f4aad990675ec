package io.coxswain.kubelet.runtime;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs pod sandboxes and the containers in them. Every call blocks and may be made by any thread.
///
/// Every method may throw [ContainerRuntimeException]. Stopping and removing are idempotent: what
/// is already stopped or gone is a success. Everything else answers `NOT_FOUND` for an unknown id.
public interface ContainerRuntime extends AutoCloseable {

    RuntimeVersion version();

    RuntimeStatus status();

    /// How the runtime wants a cgroup parent to be written.
    CgroupDriver cgroupDriver();

    Images images();

    /// Makes and starts the sandbox with its network, and returns its id. `handler` is the runtime
    /// handler of the pod's RuntimeClass; `null` is the runtime's default.
    String runSandbox(SandboxConfig config, @Nullable String handler);

    /// Kills what still runs in the sandbox and gives its network back. To be called before
    /// removal.
    void stopSandbox(String id);

    /// Removes the sandbox and every container in it, by force.
    void removeSandbox(String id);

    List<Sandbox> sandboxes(SandboxFilter filter);

    SandboxStatus sandboxStatus(String id);

    /// Makes a container, not yet started, and returns its id. The image must be present.
    /// `sandbox` is the very config the sandbox was made with.
    String createContainer(String sandboxId, ContainerConfig config, SandboxConfig sandbox);

    /// Starts a created container. If this fails, the container is `EXITED` with code 128 and the
    /// reason `StartError`.
    void start(String containerId);

    /// Sends the stop signal, waits up to `timeout` for the container to end, then kills it.
    void stop(String containerId, Duration timeout);

    /// Removes the container, killing it if it runs. Its log file stays.
    void remove(String containerId);

    List<Container> containers(ContainerFilter filter);

    ContainerStatus containerStatus(String containerId);

    /// Changes the limits of a created or running container.
    void updateResources(String containerId, Resources resources, Map<String, String> annotations);

    /// Opens the log path again, after the kubelet has moved the file away.
    void reopenLog(String containerId);

    /// Runs a command to its end and collects its output. When `timeout` has passed, the caller is
    /// told so (`DEADLINE`) at once, whatever the command and its children do.
    ExecResult execSync(String containerId, List<String> command, Duration timeout);

    /// Where to connect, once, to run a command with streams (SPDY or WebSocket `remotecommand`).
    URI exec(StreamRequest request, List<String> command);

    /// Where to connect, once, to the streams of the container's main process.
    URI attach(StreamRequest request);

    /// Where to connect, once, to forward to `ports` of the sandbox.
    URI portForward(String sandboxId, List<Integer> ports);

    List<ContainerStats> containerStats(ContainerFilter filter);

    /// Usage of a whole pod. Runtimes that do not offer it answer `UNIMPLEMENTED`.
    SandboxStats sandboxStats(String sandboxId);

    /// Closes the connection; pods and containers keep running.
    @Override
    void close();

    enum CgroupDriver {
        /// A path: `/kubepods/burstable/pod1234`.
        CGROUPFS,
        /// A slice: `kubepods-burstable-pod1234.slice`.
        SYSTEMD
    }

    /// Which streams of a container are wanted. A terminal has no separate stderr.
    record StreamRequest(
            String containerId, boolean tty, boolean stdin, boolean stdout, boolean stderr) {}
}
