package io.coxswain.kubelet.node;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The configuration of a containerd of our own, for any version from 1.6 on.
///
/// Everything it keeps lies under `home`: `root` (images), `run` (sockets, mounts, network
/// namespaces), `certs.d` (registries), `net.d` (CNI).
///
/// @param clampOomScore whether negative OOM scores must be raised to containerd's own
/// @param snapshotter `overlayfs`, or `native` where the data directory itself is on an overlay
public record ContainerdConfig(
        Path home,
        Path cniPlugins,
        String sandboxImage,
        boolean clampOomScore,
        String snapshotter) {

    /// The kernel takes no longer path for a socket, the closing zero included.
    private static final int SOCKET_PATH_MAX = 107;

    public ContainerdConfig {
        if (!home.isAbsolute() || home.toString().matches(".*[\"\\\\\\p{Cntrl}].*")) {
            throw new HostException("not a usable data directory for containerd: " + home);
        }
        if (home.resolve("containerd.sock.ttrpc").toString().length() > SOCKET_PATH_MAX) {
            throw new HostException("too long a path for containerd's socket: " + home);
        }
    }

    /// What suits this host, for a containerd that keeps everything under `home`.
    public static ContainerdConfig detect(Path home, String sandboxImage) {
        var plugins = CniPlugins.folder();
        if (plugins == null) {
            throw new HostException("no CNI plugins on this host; see NodePackages");
        }
        try {
            Files.createDirectories(home);
            var onOverlay = Files.getFileStore(home).type().equals("overlay");
            return new ContainerdConfig(
                    home,
                    plugins,
                    sandboxImage,
                    !HostRights.mayLowerOomScore(),
                    onOverlay ? "native" : "overlayfs");
        } catch (IOException e) {
            throw new HostException("cannot use the folder " + home, e);
        }
    }

    public Path socket() {
        return home.resolve("containerd.sock");
    }

    public Path root() {
        return home.resolve("root");
    }

    public Path state() {
        return home.resolve("run");
    }

    public Path cniFolder() {
        return home.resolve("net.d");
    }

    public Path registries() {
        return home.resolve("certs.d");
    }

    Path file() {
        return home.resolve("config.toml");
    }

    /// The text for a version such as `1.6.20` or `2.1.0`. containerd 2 has the CRI plugin in
    /// three.
    String toml(String version) {
        var two = !version.startsWith("0.") && !version.startsWith("1.");
        return (two ? common(3) + pluginsOfTwo(version) : common(2) + pluginsOfOne());
    }

    private String common(int format) {
        return """
        version = %d
        root = "%s"
        state = "%s"

        [grpc]
          address = "%s"

        [plugins."io.containerd.internal.v1.opt"]
          path = "%s"

        """
                .formatted(format, root(), state(), socket(), home.resolve("opt"));
    }

    private String pluginsOfOne() {
        return """
        [plugins."io.containerd.grpc.v1.cri"]
          sandbox_image = "%s"
          restrict_oom_score_adj = %b
          netns_mounts_under_state_dir = true
          enable_unprivileged_ports = true
          enable_unprivileged_icmp = true
          stream_server_address = "127.0.0.1"
          stream_server_port = "0"

          [plugins."io.containerd.grpc.v1.cri".cni]
            bin_dir = "%s"
            conf_dir = "%s"

          [plugins."io.containerd.grpc.v1.cri".containerd]
            snapshotter = "%s"
            default_runtime_name = "runc"

            [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc]
              runtime_type = "io.containerd.runc.v2"

              [plugins."io.containerd.grpc.v1.cri".containerd.runtimes.runc.options]
                SystemdCgroup = false

          [plugins."io.containerd.grpc.v1.cri".registry]
            config_path = "%s"
        """
                .formatted(
                        sandboxImage,
                        clampOomScore,
                        cniPlugins,
                        cniFolder(),
                        snapshotter,
                        registries());
    }

    private String pluginsOfTwo(String version) {
        var plugins = version.startsWith("2.0.") ? "bin_dir = \"%s\"" : "bin_dirs = [\"%s\"]";
        return """
        [plugins."io.containerd.cri.v1.images"]
          snapshotter = "%s"

          [plugins."io.containerd.cri.v1.images".pinned_images]
            sandbox = "%s"

          [plugins."io.containerd.cri.v1.images".registry]
            config_path = "%s"

        [plugins."io.containerd.cri.v1.runtime"]
          restrict_oom_score_adj = %b
          netns_mounts_under_state_dir = true
          enable_unprivileged_ports = true
          enable_unprivileged_icmp = true

          [plugins."io.containerd.cri.v1.runtime".cni]
            %s
            conf_dir = "%s"

          [plugins."io.containerd.cri.v1.runtime".containerd]
            default_runtime_name = "runc"

            [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
              runtime_type = "io.containerd.runc.v2"

              [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
                SystemdCgroup = false

        [plugins."io.containerd.grpc.v1.cri"]
          stream_server_address = "127.0.0.1"
          stream_server_port = "0"
        """
                .formatted(
                        snapshotter,
                        sandboxImage,
                        registries(),
                        clampOomScore,
                        plugins.formatted(cniPlugins),
                        cniFolder());
    }
}
