package io.coxswain.kubelet.node;

import io.coxswain.base.Clock;
import io.coxswain.base.host.HostPrograms;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import io.coxswain.kubelet.runtime.SandboxFilter;
import io.coxswain.kubelet.runtime.cri.CriRuntime;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A containerd of our own. It runs in a session of its own, so neither Ctrl-C nor the death of
/// this process ends it or a pod; the next start finds it by its pid file and takes it over.
public final class ContainerdProcess {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerdProcess.class);
    private static final Duration START_MAX = Duration.ofSeconds(30);
    private static final Duration END_MAX = Duration.ofSeconds(10);
    private static final Pattern VERSION = Pattern.compile(" v?(\\d+\\.\\d+\\.\\d+)");

    private final ContainerdConfig config;
    private final HostCommands commands;
    private final Mounts mounts;
    private final Clock clock;

    public ContainerdProcess(ContainerdConfig config, HostCommands commands, Clock clock) {
        this.config = config;
        this.commands = commands;
        this.mounts = new Mounts(commands);
        this.clock = clock;
    }

    public Path socket() {
        return config.socket();
    }

    /// Takes over the running one, or starts one, and returns when it answers. The CNI
    /// configuration may come later: until then the runtime is ready and its network is not.
    public void start() {
        var running = running();
        if (running.isPresent()) {
            LOG.info("taking over containerd, pid {}", running.get().pid());
        } else {
            launch();
        }
        if (!within(START_MAX, this::answers)) {
            throw new HostException(
                    "containerd does not answer at %s; see %s".formatted(socket(), log()));
        }
    }

    /// Ends every pod of this containerd, then containerd itself, and takes away what they mounted.
    /// Images stay. Works on what a crash has left, too.
    public void stop() {
        if (!answers() && !shims().isEmpty()) {
            start(); // It died and left pods; only containerd itself can take them away cleanly.
        }
        if (answers()) {
            removeSandboxes();
        }
        running().ifPresent(this::end);
        shims().forEach(this::end);
        mounts.unmountUnder(config.state());
        mounts.unmountUnder(config.root());
        Trees.delete(config.state());
        deleteFile(config.socket());
        deleteFile(config.home().resolve("containerd.sock.ttrpc"));
        deleteFile(pidFile());
    }

    /// Whether containerd is there and its CRI plugin works.
    public boolean answers() {
        if (!Files.exists(socket())) {
            return false;
        }
        try (var runtime = CriRuntime.at(socket())) {
            return runtime.status().runtimeReady();
        } catch (ContainerRuntimeException e) {
            return false;
        }
    }

    private void launch() {
        try {
            for (var folder : List.of(config.root(), config.state(), config.registries())) {
                Files.createDirectories(folder);
            }
            Files.createDirectories(config.cniFolder());
            Files.writeString(config.file(), config.toml(version()));
            var command = List.of("setsid", "containerd", "-c", config.file().toString());
            var builder =
                    new ProcessBuilder(HostPrograms.resolved(command))
                            .redirectInput(new File("/dev/null"))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
            builder.environment().put("PATH", HostPrograms.path());
            builder.environment().remove("NOTIFY_SOCKET");
            var process = builder.start();
            Files.writeString(pidFile(), process.pid() + "\n");
        } catch (IOException e) {
            throw new HostException("cannot start containerd: " + e.getMessage(), e);
        }
    }

    private String version() {
        var text = commands.require("containerd", "--version");
        var matcher = VERSION.matcher(text);
        if (!matcher.find()) {
            throw new HostException("cannot tell the version of containerd from: " + text.strip());
        }
        return matcher.group(1);
    }

    private void removeSandboxes() {
        try (var runtime = CriRuntime.at(socket())) {
            for (var sandbox : runtime.sandboxes(SandboxFilter.ALL)) {
                try {
                    runtime.stopSandbox(sandbox.id());
                    runtime.removeSandbox(sandbox.id());
                } catch (ContainerRuntimeException e) {
                    LOG.warn("sandbox {} of {} stays", sandbox.id(), sandbox.pod(), e);
                }
            }
        }
    }

    /// The containerd with our configuration file, if it is alive.
    private Optional<ProcessHandle> running() {
        return pid() == null ? Optional.empty() : ProcessHandle.of(pid()).filter(this::isOurs);
    }

    private @Nullable Long pid() {
        try {
            return Long.valueOf(Files.readString(pidFile()).strip());
        } catch (IOException | NumberFormatException e) {
            return null;
        }
    }

    private boolean isOurs(ProcessHandle process) {
        return process.isAlive() && commandLine(process).contains(config.file().toString());
    }

    /// Shims that outlived their sandbox. Each is told at its start which containerd it works for.
    private List<ProcessHandle> shims() {
        return ProcessHandle.allProcesses()
                .filter(p -> commandLine(p).contains("containerd-shim"))
                .filter(p -> commandLine(p).contains(socket().toString()))
                .toList();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            var file = Path.of("/proc", Long.toString(process.pid()), "cmdline");
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }

    private void end(ProcessHandle process) {
        process.destroy();
        if (!within(END_MAX, () -> !process.isAlive())) {
            LOG.warn("process {} had to be killed", process.pid());
            process.destroyForcibly();
            within(END_MAX, () -> !process.isAlive());
        }
    }

    private boolean within(Duration time, BooleanSupplier condition) {
        var end = clock.nanos() + time.toNanos();
        while (!condition.getAsBoolean()) {
            if (clock.nanos() > end || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        return true;
    }

    private Path pidFile() {
        return config.home().resolve("containerd.pid");
    }

    private Path log() {
        return config.home().resolve("containerd.log");
    }

    private static void deleteFile(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new HostException("cannot remove " + file, e);
        }
    }
}
