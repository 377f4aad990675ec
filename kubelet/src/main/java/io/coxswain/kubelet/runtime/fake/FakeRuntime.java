package io.coxswain.kubelet.runtime.fake;

import io.coxswain.base.Clock;
import io.coxswain.kubelet.runtime.Container;
import io.coxswain.kubelet.runtime.ContainerConfig;
import io.coxswain.kubelet.runtime.ContainerFilter;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import io.coxswain.kubelet.runtime.ContainerRuntimeException.Reason;
import io.coxswain.kubelet.runtime.ContainerStats;
import io.coxswain.kubelet.runtime.ContainerStatus;
import io.coxswain.kubelet.runtime.ExecResult;
import io.coxswain.kubelet.runtime.Namespaces;
import io.coxswain.kubelet.runtime.Resources;
import io.coxswain.kubelet.runtime.RuntimeStatus;
import io.coxswain.kubelet.runtime.RuntimeVersion;
import io.coxswain.kubelet.runtime.Sandbox;
import io.coxswain.kubelet.runtime.SandboxConfig;
import io.coxswain.kubelet.runtime.SandboxFilter;
import io.coxswain.kubelet.runtime.SandboxStats;
import io.coxswain.kubelet.runtime.SandboxStatus;
import io.coxswain.kubelet.runtime.Usage;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A container runtime that runs nothing: sandboxes and containers are entries in a map, and the
/// clock ends them as their [Program] says. Ids and addresses are counted up, so the same calls
/// give the same answers.
///
/// Besides the contract, a test can end a container (`exit`), make coming calls fail (`failNext`)
/// and read what was written (`output`).
public final class FakeRuntime implements ContainerRuntime {

    private final Clock clock;
    private final Program program;
    private final String addressPrefix;
    private final FakeImages images;
    private final Map<String, FakeSandbox> sandboxes = new LinkedHashMap<>();
    private final Map<String, FakeContainer> containers = new LinkedHashMap<>();
    private final Deque<ContainerRuntimeException> failures = new ArrayDeque<>();
    private int created;

    /// Sandboxes get the addresses `addressPrefix` + `2`, `3` and so on, for example of
    /// `10.244.0.`.
    public FakeRuntime(Clock clock, Program program, String addressPrefix) {
        this.clock = clock;
        this.program = program;
        this.addressPrefix = addressPrefix;
        this.images = new FakeImages(clock);
    }

    public FakeRuntime(Clock clock) {
        this(clock, Program.SHELL, "10.244.0.");
    }

    /// Ends a running container from outside, for example `exit(id, 137, "OOMKilled")`.
    public synchronized void exit(String containerId, int code, String reason) {
        container(containerId).end(code, reason, "", clock.now());
    }

    /// The next call that changes or runs something fails with this; several queue up.
    public synchronized void failNext(ContainerRuntimeException failure) {
        failures.add(failure);
    }

    /// What the container's process has written to standard output.
    public synchronized String output(String containerId) {
        return container(containerId).output();
    }

    @Override
    public RuntimeVersion version() {
        return new RuntimeVersion("fake", "1.0.0", "v1");
    }

    @Override
    public RuntimeStatus status() {
        return new RuntimeStatus(
                List.of(
                        new RuntimeStatus.Condition(RuntimeStatus.RUNTIME_READY, true, "", ""),
                        new RuntimeStatus.Condition(RuntimeStatus.NETWORK_READY, true, "", "")),
                List.of(new RuntimeStatus.Handler("", false, false)),
                true);
    }

    @Override
    public CgroupDriver cgroupDriver() {
        return CgroupDriver.CGROUPFS;
    }

    @Override
    public FakeImages images() {
        return images;
    }

    @Override
    public synchronized String runSandbox(SandboxConfig config, @Nullable String handler) {
        failIfAsked();
        var taken = sandboxes.values().stream().anyMatch(s -> s.config.pod().equals(config.pod()));
        if (taken) {
            throw failure(Reason.ALREADY_EXISTS, "sandbox name is reserved: " + config.pod());
        }
        var id = id("sandbox");
        var shared = config.security().namespaces().network() == Namespaces.Mode.NODE;
        var ip = shared ? null : addressPrefix + (created % 250 + 1);
        sandboxes.put(id, new FakeSandbox(id, config, handler, ip, clock.now()));
        return id;
    }

    @Override
    public synchronized void stopSandbox(String id) {
        failIfAsked();
        var sandbox = sandboxes.get(id);
        if (sandbox == null) {
            return;
        }
        containersOf(id).forEach(c -> stopIfRunning(c, false));
        sandbox.stop();
    }

    @Override
    public synchronized void removeSandbox(String id) {
        stopSandbox(id);
        containersOf(id).forEach(c -> containers.remove(c.id));
        sandboxes.remove(id);
    }

    @Override
    public synchronized List<Sandbox> sandboxes(SandboxFilter filter) {
        return sandboxes.values().stream()
                .map(FakeSandbox::listed)
                .filter(s -> filter.id() == null || filter.id().equals(s.id()))
                .filter(s -> filter.state() == null || filter.state() == s.state())
                .filter(s -> s.labels().entrySet().containsAll(filter.labels().entrySet()))
                .toList();
    }

    @Override
    public synchronized SandboxStatus sandboxStatus(String id) {
        return sandbox(id).status();
    }

    @Override
    public synchronized String createContainer(
            String sandboxId, ContainerConfig config, SandboxConfig sandboxConfig) {
        failIfAsked();
        var sandbox = sandbox(sandboxId);
        if (sandbox.state() != Sandbox.State.READY) {
            throw failure(Reason.WRONG_STATE, "sandbox container is not running");
        }
        for (var other : containersOf(sandboxId)) {
            if (other.config.name().equals(config.name())
                    && other.config.attempt() == config.attempt()) {
                throw failure(Reason.ALREADY_EXISTS, "container name is reserved for " + other.id);
            }
        }
        var image = images.imageOf(config.image());
        var id = id("container");
        containers.put(id, new FakeContainer(id, sandbox, config, image.id(), clock.now()));
        return id;
    }

    @Override
    public synchronized void start(String containerId) {
        failIfAsked();
        var container = container(containerId);
        var state = container.state(clock.now());
        if (state != Container.State.CREATED) {
            throw failure(Reason.WRONG_STATE, "container is in CONTAINER_" + state + " state");
        }
        var command = container.config.command();
        var words = command.command().isEmpty() ? command.args() : joined(command);
        var run = program.run(container.config.image(), words);
        container.start(run, clock.now());
        if (run instanceof Program.Run.CannotStart(var why)) {
            throw failure(Reason.FAILED, "failed to create containerd task: " + why);
        }
    }

    @Override
    public synchronized void stop(String containerId, Duration timeout) {
        failIfAsked();
        var container = containers.get(containerId);
        if (container != null) {
            stopIfRunning(container, timeout.isPositive());
        }
    }

    @Override
    public synchronized void remove(String containerId) {
        failIfAsked();
        containers.remove(containerId);
    }

    @Override
    public synchronized List<Container> containers(ContainerFilter filter) {
        return containers.values().stream()
                .map(c -> c.listed(clock.now()))
                .filter(c -> filter.id() == null || filter.id().equals(c.id()))
                .filter(c -> filter.sandboxId() == null || filter.sandboxId().equals(c.sandboxId()))
                .filter(c -> filter.state() == null || filter.state() == c.state())
                .filter(c -> c.labels().entrySet().containsAll(filter.labels().entrySet()))
                .toList();
    }

    @Override
    public synchronized ContainerStatus containerStatus(String containerId) {
        return container(containerId).status(clock.now());
    }

    @Override
    public synchronized void updateResources(
            String containerId, Resources resources, Map<String, String> annotations) {
        failIfAsked();
        container(containerId).limit(resources);
    }

    @Override
    public synchronized void reopenLog(String containerId) {
        running(containerId);
    }

    @Override
    public synchronized ExecResult execSync(
            String containerId, List<String> command, Duration timeout) {
        failIfAsked();
        var run = program.run(running(containerId).config.image(), command);
        return switch (run) {
            case Program.Run.CannotStart(var why) -> throw failure(Reason.FAILED, why);
            case Program.Run.Ends ends when ends.after().compareTo(timeout) <= 0 ->
                    new ExecResult(ends.exitCode(), bytes(ends.stdout()), bytes(ends.stderr()));
            case Program.Run.Ends _, Program.Run.Forever _ ->
                    throw failure(Reason.DEADLINE, "command timed out after " + timeout);
        };
    }

    @Override
    public synchronized URI exec(StreamRequest request, List<String> command) {
        return URI.create("http://127.0.0.1/exec/" + running(request.containerId()).id);
    }

    @Override
    public synchronized URI attach(StreamRequest request) {
        return URI.create("http://127.0.0.1/attach/" + running(request.containerId()).id);
    }

    @Override
    public synchronized URI portForward(String sandboxId, List<Integer> ports) {
        return URI.create("http://127.0.0.1/portforward/" + sandbox(sandboxId).id);
    }

    @Override
    public synchronized List<ContainerStats> containerStats(ContainerFilter filter) {
        return containers(filter).stream()
                .filter(c -> c.state() == Container.State.RUNNING)
                .map(c -> new ContainerStats(c.id(), c.name(), c.labels(), usage(), null))
                .toList();
    }

    @Override
    public synchronized SandboxStats sandboxStats(String sandboxId) {
        var sandbox = sandbox(sandboxId);
        return new SandboxStats(
                sandboxId,
                sandbox.config.pod(),
                usage(),
                null,
                (long) containersOf(sandboxId).size() + 1,
                containerStats(ContainerFilter.in(sandboxId)));
    }

    @Override
    public void close() {}

    private static List<String> joined(ContainerConfig.Command command) {
        var words = new ArrayList<>(command.command());
        words.addAll(command.args());
        return words;
    }

    private Usage usage() {
        var now = clock.now();
        return new Usage(
                new Usage.Cpu(now, 1_000_000, null),
                new Usage.Memory(now, 1 << 20, null, null, null, null, null));
    }

    private void stopIfRunning(FakeContainer container, boolean patient) {
        if (container.state(clock.now()) != Container.State.EXITED) {
            container.stop(patient, clock.now());
        }
    }

    private List<FakeContainer> containersOf(String sandboxId) {
        return containers.values().stream().filter(c -> c.sandboxId.equals(sandboxId)).toList();
    }

    private FakeSandbox sandbox(String id) {
        var sandbox = sandboxes.get(id);
        if (sandbox == null) {
            throw failure(
                    Reason.NOT_FOUND, "an error occurred when try to find sandbox: not found");
        }
        return sandbox;
    }

    private FakeContainer container(String id) {
        var container = containers.get(id);
        if (container == null) {
            throw failure(
                    Reason.NOT_FOUND, "an error occurred when try to find container: not found");
        }
        return container;
    }

    private FakeContainer running(String id) {
        var container = container(id);
        var state = container.state(clock.now());
        if (state != Container.State.RUNNING) {
            throw failure(Reason.WRONG_STATE, "container is in CONTAINER_" + state + " state");
        }
        return container;
    }

    private String id(String kind) {
        created++;
        return "%s-%06d".formatted(kind, created);
    }

    private void failIfAsked() {
        var failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ContainerRuntimeException failure(Reason reason, String message) {
        return new ContainerRuntimeException(reason, message);
    }
}
