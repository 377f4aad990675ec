package io.coxswain.kubelet.runtime;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Everything the runtime must know to make a container.
///
/// `image` is an id or reference that the runtime has; `userImage` is what the pod's author wrote.
/// `logPath` is relative to the sandbox's log directory. `stopSignal` (`SIGUSR1`) replaces the
/// image's own.
public record ContainerConfig(
        String name,
        int attempt,
        String image,
        @Nullable String userImage,
        Command command,
        List<Mount> mounts,
        List<Device> devices,
        Map<String, String> labels,
        Map<String, String> annotations,
        @Nullable String logPath,
        Resources resources,
        SecurityContext security,
        @Nullable String stopSignal) {

    public ContainerConfig {
        mounts = List.copyOf(mounts);
        devices = List.copyOf(devices);
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    /// A container that runs `command` and leaves everything else to the image and the runtime.
    public static ContainerConfig of(String name, String image, List<String> command) {
        return new ContainerConfig(
                name,
                0,
                image,
                image,
                Command.of(command),
                List.of(),
                List.of(),
                Map.of(),
                Map.of(),
                name + "/0.log",
                Resources.NONE,
                SecurityContext.NONE,
                null);
    }

    /// The same as the `attempt`-th container of its name, with a log file of its own.
    public ContainerConfig attempt(int number) {
        return new ContainerConfig(
                name,
                number,
                image,
                userImage,
                command,
                mounts,
                devices,
                labels,
                annotations,
                name + "/" + number + ".log",
                resources,
                security,
                stopSignal);
    }

    /// The same with these labels.
    public ContainerConfig labelled(Map<String, String> all) {
        return new ContainerConfig(
                name,
                attempt,
                image,
                userImage,
                command,
                mounts,
                devices,
                all,
                annotations,
                logPath,
                resources,
                security,
                stopSignal);
    }

    /// The same with these limits.
    public ContainerConfig limited(Resources limits) {
        return new ContainerConfig(
                name,
                attempt,
                image,
                userImage,
                command,
                mounts,
                devices,
                labels,
                annotations,
                logPath,
                limits,
                security,
                stopSignal);
    }

    /// What runs in the container. Empty `command` and `args` leave the image's; `env` keeps its
    /// order.
    public record Command(
            List<String> command,
            List<String> args,
            @Nullable String workingDirectory,
            List<Env> env,
            boolean stdin,
            boolean stdinOnce,
            boolean tty) {

        public Command {
            command = List.copyOf(command);
            args = List.copyOf(args);
            env = List.copyOf(env);
        }

        public static Command of(List<String> command) {
            return new Command(command, List.of(), null, List.of(), false, false, false);
        }
    }

    public record Env(String name, String value) {}

    /// A device of the host; `permissions` is some of `rwm`.
    public record Device(String containerPath, String hostPath, String permissions) {}
}
