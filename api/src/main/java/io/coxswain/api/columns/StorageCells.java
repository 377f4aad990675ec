package io.coxswain.api.columns;

import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.storage.CSIDriver;
import io.coxswain.api.storage.CSINode;
import io.coxswain.api.storage.StorageClass;
import io.coxswain.api.storage.VolumeAttachment;
import io.coxswain.api.storage.VolumeAttributesClass;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The rows of the kinds about storage.
public final class StorageCells {

    private static final String DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class";
    private static final String CLASS = "volume.beta.kubernetes.io/storage-class";
    private static final Map<String, String> SHORT =
            Map.of(
                    "ReadWriteOnce", "RWO",
                    "ReadOnlyMany", "ROX",
                    "ReadWriteMany", "RWX",
                    "ReadWriteOncePod", "RWOP");

    private StorageCells() {}

    public static List<@Nullable Object> volume(PersistentVolume volume, Instant now) {
        var spec = volume.spec();
        var claim = spec.claimRef();
        return Cells.row(
                volume.name(),
                capacity(spec.capacity()),
                modes(spec.accessModes()),
                spec.persistentVolumeReclaimPolicy(),
                volume.deleting() ? "Terminating" : volume.status().phase(),
                claim == null ? "" : claim.namespace() + "/" + claim.name(),
                volume.metadata().annotations().getOrDefault(CLASS, spec.storageClassName()),
                Cells.orUnset(spec.volumeAttributesClassName()),
                volume.status().reason(),
                Cells.age(volume, now),
                Cells.orUnset(spec.volumeMode()));
    }

    public static List<@Nullable Object> claim(PersistentVolumeClaim claim, Instant now) {
        var spec = claim.spec();
        var status = claim.status();
        var bound = !spec.volumeName().isEmpty();
        return Cells.row(
                claim.name(),
                claim.deleting() ? "Terminating" : status.phase(),
                spec.volumeName(),
                bound ? capacity(status.capacity()) : "",
                bound ? modes(status.accessModes()) : "",
                claim.metadata()
                        .annotations()
                        .getOrDefault(
                                CLASS, Objects.requireNonNullElse(spec.storageClassName(), "")),
                Cells.orUnset(spec.volumeAttributesClassName()),
                Cells.age(claim, now),
                Cells.orUnset(spec.volumeMode()));
    }

    public static List<@Nullable Object> storageClass(StorageClass kind, Instant now) {
        var isDefault = "true".equals(kind.metadata().annotations().get(DEFAULT_CLASS));
        return Cells.row(
                isDefault ? kind.name() + " (default)" : kind.name(),
                kind.provisioner(),
                Objects.requireNonNullElse(kind.reclaimPolicy(), "Delete"),
                Objects.requireNonNullElse(kind.volumeBindingMode(), "Immediate"),
                Boolean.TRUE.equals(kind.allowVolumeExpansion()),
                Cells.age(kind, now));
    }

    public static List<@Nullable Object> driver(CSIDriver driver, Instant now) {
        var spec = driver.spec();
        var tokens =
                spec.tokenRequests().stream()
                        .map(CSIDriver.TokenRequest::audience)
                        .collect(Collectors.joining(","));
        return Cells.row(
                driver.name(),
                Objects.requireNonNullElse(spec.attachRequired(), true),
                Objects.requireNonNullElse(spec.podInfoOnMount(), false),
                Objects.requireNonNullElse(spec.storageCapacity(), false),
                spec.tokenRequests().isEmpty() ? Cells.UNSET : tokens,
                Objects.requireNonNullElse(spec.requiresRepublish(), false),
                spec.volumeLifecycleModes().isEmpty()
                        ? Cells.NONE
                        : String.join(",", spec.volumeLifecycleModes()),
                Cells.age(driver, now));
    }

    public static List<@Nullable Object> node(CSINode node, Instant now) {
        return Cells.row(node.name(), node.spec().drivers().size(), Cells.age(node, now));
    }

    public static List<@Nullable Object> attachment(VolumeAttachment attachment, Instant now) {
        var spec = attachment.spec();
        return Cells.row(
                attachment.name(),
                spec.attacher(),
                Objects.requireNonNullElse(spec.source().persistentVolumeName(), ""),
                spec.nodeName(),
                attachment.status().attached(),
                Cells.age(attachment, now));
    }

    public static List<@Nullable Object> attributesClass(VolumeAttributesClass kind, Instant now) {
        return Cells.row(kind.name(), kind.driverName(), Cells.age(kind, now));
    }

    private static String capacity(Map<String, Quantity> capacity) {
        var storage = capacity.get("storage");
        return storage == null ? "0" : storage.text();
    }

    /// In a fixed order, each once.
    private static String modes(List<String> modes) {
        return Stream.of("ReadWriteOnce", "ReadOnlyMany", "ReadWriteMany", "ReadWriteOncePod")
                .filter(modes::contains)
                .map(SHORT::get)
                .collect(Collectors.joining(","));
    }
}
