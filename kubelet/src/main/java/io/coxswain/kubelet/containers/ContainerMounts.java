package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Container.VolumeMount;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Volume;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.StartFailure;
import io.coxswain.kubelet.runtime.Mount;
import io.coxswain.kubelet.runtime.Mount.ImageSource;
import io.coxswain.kubelet.runtime.Mount.Propagation;
import io.coxswain.kubelet.volumes.VolumeException;
import io.coxswain.kubelet.volumes.Volumes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What of the host appears in a container: its volumes, its hosts file, its termination message.
final class ContainerMounts {

    private static final Duration RETRY = Duration.ofSeconds(10);
    private static final int MESSAGE_MODE = 0666;
    private static final String HOSTS = "/etc/hosts";

    private final NodeFacts node;
    private final Volumes volumes;

    ContainerMounts(NodeFacts node, Volumes volumes) {
        this.node = node;
        this.volumes = volumes;
    }

    /// @param environment for `subPathExpr`
    List<Mount> of(
            Pod pod,
            PodContainer container,
            int restartCount,
            Map<String, String> environment,
            List<String> podIps)
            throws StartFailure {
        var mounts = new ArrayList<Mount>();
        var index = 0;
        try {
            for (var wanted : container.spec().volumeMounts()) {
                mounts.add(mount(pod, container, wanted, index++, environment));
            }
            if (mounts.stream().noneMatch(mount -> mount.containerPath().equals(HOSTS))) {
                mounts.add(Mount.of(HOSTS, hosts(pod, podIps).toString(), false));
            }
            var message = container.spec().terminationMessagePath();
            if (!message.isEmpty()) {
                var file = messageFile(pod, container, restartCount);
                mounts.add(Mount.of(message, file.toString(), false));
            }
        } catch (VolumeException | IOException e) {
            throw new StartFailure(
                    "CreateContainerConfigError", String.valueOf(e.getMessage()), RETRY);
        }
        return mounts;
    }

    private Mount mount(
            Pod pod,
            PodContainer container,
            VolumeMount wanted,
            int index,
            Map<String, String> environment)
            throws VolumeException {
        var volume = volume(pod, wanted.name());
        var subPath = wanted.subPath();
        if (!wanted.subPathExpr().isEmpty()) {
            subPath = Expansion.expand(wanted.subPathExpr(), environment);
        }
        var path = wanted.mountPath();
        var absolute = path.startsWith("/") ? path : "/" + path;
        var image = volume.image();
        if (image != null) {
            var source = new ImageSource(image.reference(), subPath.isEmpty() ? null : subPath);
            return new Mount(absolute, null, true, false, false, Propagation.PRIVATE, source);
        }
        var host =
                subPath.isEmpty()
                        ? volumes.path(pod, volume)
                        : volumes.subPath(pod, volume, container.name(), index, subPath);
        return new Mount(
                absolute,
                host.toString(),
                wanted.readOnly() || readOnly(volume),
                wanted.readOnly() && "Enabled".equals(wanted.recursiveReadOnly()),
                false,
                propagation(wanted.mountPropagation()),
                null);
    }

    /// What the API fills, containers only read.
    private static boolean readOnly(Volume volume) {
        var claim = volume.persistentVolumeClaim();
        return volume.configMap() != null
                || volume.secret() != null
                || volume.projected() != null
                || volume.downwardAPI() != null
                || (claim != null && claim.readOnly());
    }

    private static Volume volume(Pod pod, String name) throws VolumeException {
        for (var volume : pod.spec().volumes()) {
            if (volume.name().equals(name)) {
                return volume;
            }
        }
        throw new VolumeException("cannot find volume \"" + name + "\" to mount into container");
    }

    private static Propagation propagation(@Nullable String mode) {
        return switch (mode == null ? "None" : mode) {
            case "HostToContainer" -> Propagation.HOST_TO_CONTAINER;
            case "Bidirectional" -> Propagation.BIDIRECTIONAL;
            default -> Propagation.PRIVATE;
        };
    }

    private Path hosts(Pod pod, List<String> podIps) throws IOException {
        var file = node.podDirectory(pod.uid()).resolve("etc-hosts");
        var content =
                pod.spec().hostNetwork()
                        ? Names.hostsOfHost(pod, hostFile())
                        : Names.hosts(pod, podIps, node.clusterDomain());
        // Written in place: containers that run already have this very file mounted.
        if (!same(file, content)) {
            Files.createDirectories(node.podDirectory(pod.uid()));
            Files.writeString(file, content);
            Files.setAttribute(file, "unix:mode", 0644);
        }
        return file;
    }

    /// A container may have written to it, any amount: only what has the right size is read.
    private static boolean same(Path file, String content) throws IOException {
        return Files.exists(file)
                && Files.size(file) == content.getBytes(StandardCharsets.UTF_8).length
                && Files.readString(file).equals(content);
    }

    private static String hostFile() throws IOException {
        var file = Path.of(HOSTS);
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private Path messageFile(Pod pod, PodContainer container, int restartCount) throws IOException {
        var directory =
                node.podDirectory(pod.uid()).resolve("containers").resolve(container.name());
        Files.createDirectories(directory);
        var file = directory.resolve(Integer.toString(restartCount));
        if (!Files.exists(file)) {
            Files.createFile(file);
        }
        Files.setAttribute(file, "unix:mode", MESSAGE_MODE);
        return file;
    }
}
