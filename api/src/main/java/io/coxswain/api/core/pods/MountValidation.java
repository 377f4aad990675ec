package io.coxswain.api.core.pods;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Container.VolumeDevice;
import io.coxswain.api.core.Container.VolumeMount;
import io.coxswain.api.core.Volume;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The rules of where a container sees the pod's volumes.
final class MountValidation {

    private static final List<String> PROPAGATION =
            List.of("Bidirectional", "HostToContainer", "None");
    private static final List<String> READ_ONLY = List.of("Disabled", "Enabled", "IfPossible");

    private final Container container;
    private final Map<String, Volume> volumes;
    private final Set<String> paths = new HashSet<>();

    private MountValidation(Container container, List<Volume> volumes) {
        this.container = container;
        this.volumes =
                volumes.stream()
                        .collect(Collectors.toMap(Volume::name, Function.identity(), (a, b) -> a));
    }

    static void check(Container container, List<Volume> volumes, FieldErrors errors) {
        var validation = new MountValidation(container, volumes);
        var mounts = errors.at("volumeMounts");
        for (var i = 0; i < container.volumeMounts().size(); i++) {
            validation.mount(container.volumeMounts().get(i), mounts, mounts.at(i));
        }
        validation.paths.clear();
        for (var i = 0; i < container.volumeDevices().size(); i++) {
            validation.device(container.volumeDevices().get(i), errors.at("volumeDevices").at(i));
        }
    }

    private void mount(VolumeMount mount, FieldErrors all, FieldErrors errors) {
        if (mount.name().isEmpty()) {
            errors.at("name").required("");
        }
        if (!volumes.containsKey(mount.name())) {
            errors.at("name").notFound(mount.name());
        }
        if (mount.mountPath().isEmpty()) {
            errors.at("mountPath").required("");
        }
        if (!paths.add(mount.mountPath())) {
            errors.at("mountPath").invalid(mount.mountPath(), "must be unique");
        }
        for (var device : container.volumeDevices()) {
            if (device.name().equals(mount.name())) {
                errors.at("name").invalid(mount.name(), "must not already exist in volumeDevices");
            }
            if (device.devicePath().equals(mount.mountPath())) {
                errors.at("mountPath")
                        .invalid(
                                mount.mountPath(),
                                "must not already exist as a path in volumeDevices");
            }
        }
        // These two are reported at the list, without the index.
        if (!mount.subPath().isEmpty()) {
            VolumeValidation.descendingPath(mount.subPath(), all.at("subPath"));
        }
        if (!mount.subPathExpr().isEmpty()) {
            if (!mount.subPath().isEmpty()) {
                errors.at("subPathExpr")
                        .invalid(
                                mount.subPathExpr(),
                                "subPathExpr and subPath are mutually exclusive");
            }
            VolumeValidation.descendingPath(mount.subPathExpr(), all.at("subPathExpr"));
        }
        propagation(mount, errors.at("mountPropagation"));
        recursiveReadOnly(mount, errors.at("recursiveReadOnly"));
    }

    private void propagation(VolumeMount mount, FieldErrors errors) {
        var mode = mount.mountPropagation();
        if (mode == null) {
            return;
        }
        Values.oneOf(mode, PROPAGATION, errors);
        var context = container.securityContext();
        var privileged = context != null && Boolean.TRUE.equals(context.privileged());
        if (mode.equals("Bidirectional") && !privileged) {
            errors.forbidden(
                    "Bidirectional mount propagation is available only to privileged containers");
        }
    }

    private static void recursiveReadOnly(VolumeMount mount, FieldErrors errors) {
        var mode = mount.recursiveReadOnly();
        if (mode == null) {
            return;
        }
        Values.oneOf(mode, READ_ONLY, errors);
        if (mode.equals("Disabled")) {
            return;
        }
        if (!mount.readOnly()) {
            errors.forbidden("may only be specified when readOnly is true");
        }
        if (mount.mountPropagation() != null && !mount.mountPropagation().equals("None")) {
            errors.forbidden(
                    "may only be specified when mountPropagation is None or not specified");
        }
    }

    private void device(VolumeDevice device, FieldErrors errors) {
        var volume = volumes.get(device.name());
        if (device.name().isEmpty()) {
            errors.at("name").required("");
        }
        if (volume == null) {
            errors.at("name").notFound(device.name());
        } else if (volume.persistentVolumeClaim() == null && volume.ephemeral() == null) {
            errors.at("name")
                    .invalid(
                            device.name(),
                            "can only use volume source type of PersistentVolumeClaim or Ephemeral"
                                    + " for block mode");
        }
        if (device.devicePath().isEmpty()) {
            errors.at("devicePath").required("");
        }
        if (!paths.add(device.devicePath())) {
            errors.at("devicePath").invalid(device.devicePath(), "must be unique");
        }
        if (device.devicePath().contains("..")) {
            errors.at("devicePath")
                    .invalid(device.devicePath(), "can not contain backsteps ('..')");
        }
    }
}
