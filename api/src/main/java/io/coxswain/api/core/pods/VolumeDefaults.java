package io.coxswain.api.core.pods;

import io.coxswain.api.core.PersistentVolumeClaimSpec;
import io.coxswain.api.core.PersistentVolumeClaimSpec.VolumeResourceRequirements;
import io.coxswain.api.core.Volume;
import io.coxswain.api.core.Volumes.AzureDiskVolumeSource;
import io.coxswain.api.core.Volumes.ConfigMapVolumeSource;
import io.coxswain.api.core.Volumes.DownwardAPIProjection;
import io.coxswain.api.core.Volumes.DownwardAPIVolumeFile;
import io.coxswain.api.core.Volumes.DownwardAPIVolumeSource;
import io.coxswain.api.core.Volumes.EmptyDirVolumeSource;
import io.coxswain.api.core.Volumes.EphemeralVolumeSource;
import io.coxswain.api.core.Volumes.HostPathVolumeSource;
import io.coxswain.api.core.Volumes.ISCSIVolumeSource;
import io.coxswain.api.core.Volumes.ImageVolumeSource;
import io.coxswain.api.core.Volumes.PersistentVolumeClaimTemplate;
import io.coxswain.api.core.Volumes.PodCertificateProjection;
import io.coxswain.api.core.Volumes.ProjectedVolumeSource;
import io.coxswain.api.core.Volumes.RBDVolumeSource;
import io.coxswain.api.core.Volumes.ScaleIOVolumeSource;
import io.coxswain.api.core.Volumes.SecretVolumeSource;
import io.coxswain.api.core.Volumes.ServiceAccountTokenProjection;
import io.coxswain.api.core.Volumes.VolumeProjection;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.RecordType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The defaults of volumes and of claims on them.
public final class VolumeDefaults {

    /// Readable by all, writable by the owner (0644).
    private static final int MODE = 0644;

    private static final long TOKEN_SECONDS = 3600;
    private static final int CERTIFICATE_SECONDS_MAX = 86400;

    private VolumeDefaults() {}

    static Volume volume(Volume volume) {
        if (VolumeSources.of(volume).isEmpty()) {
            return Edit.with(
                    volume, Volume::emptyDir, RecordType.of(EmptyDirVolumeSource.class).empty());
        }
        return Edit.of(volume)
                .set(Volume::secret, secret(volume.secret()))
                .set(Volume::configMap, configMap(volume.configMap()))
                .set(Volume::downwardAPI, downward(volume.downwardAPI()))
                .set(Volume::projected, projected(volume.projected()))
                .set(Volume::hostPath, hostPath(volume.hostPath()))
                .set(Volume::ephemeral, ephemeral(volume.ephemeral()))
                .set(Volume::image, image(volume.image()))
                .set(Volume::iscsi, iscsi(volume.iscsi()))
                .set(Volume::rbd, rbd(volume.rbd()))
                .set(Volume::azureDisk, azureDisk(volume.azureDisk()))
                .set(Volume::scaleIO, scaleIo(volume.scaleIO()))
                .done();
    }

    /// A claim is for a file system unless it says otherwise.
    public static PersistentVolumeClaimSpec claim(PersistentVolumeClaimSpec spec) {
        var resources = spec.resources();
        var edit =
                Edit.of(spec)
                        .set(
                                PersistentVolumeClaimSpec::resources,
                                new VolumeResourceRequirements(
                                        PodDefaults.toMillis(resources.limits()),
                                        PodDefaults.toMillis(resources.requests())));
        return spec.volumeMode() == null
                ? edit.set(PersistentVolumeClaimSpec::volumeMode, "Filesystem").done()
                : edit.done();
    }

    public static @Nullable HostPathVolumeSource hostPath(@Nullable HostPathVolumeSource source) {
        return source != null && source.type() == null
                ? new HostPathVolumeSource(source.path(), "")
                : source;
    }

    public static @Nullable AzureDiskVolumeSource azureDisk(
            @Nullable AzureDiskVolumeSource source) {
        if (source == null) {
            return null;
        }
        return new AzureDiskVolumeSource(
                source.diskName(),
                source.diskURI(),
                Objects.requireNonNullElse(source.cachingMode(), "ReadWrite"),
                Objects.requireNonNullElse(source.fsType(), "ext4"),
                Objects.requireNonNullElse(source.readOnly(), false),
                Objects.requireNonNullElse(source.kind(), "Shared"));
    }

    public static String orElse(String value, String fallback) {
        return value.isEmpty() ? fallback : value;
    }

    private static @Nullable SecretVolumeSource secret(@Nullable SecretVolumeSource source) {
        return source != null && source.defaultMode() == null
                ? Edit.with(source, SecretVolumeSource::defaultMode, MODE)
                : source;
    }

    private static @Nullable ConfigMapVolumeSource configMap(
            @Nullable ConfigMapVolumeSource source) {
        return source != null && source.defaultMode() == null
                ? Edit.with(source, ConfigMapVolumeSource::defaultMode, MODE)
                : source;
    }

    private static @Nullable DownwardAPIVolumeSource downward(
            @Nullable DownwardAPIVolumeSource source) {
        if (source == null) {
            return null;
        }
        return new DownwardAPIVolumeSource(
                files(source.items()), Objects.requireNonNullElse(source.defaultMode(), MODE));
    }

    private static List<DownwardAPIVolumeFile> files(List<DownwardAPIVolumeFile> files) {
        return Edit.each(
                files,
                file ->
                        Edit.with(
                                file,
                                DownwardAPIVolumeFile::fieldRef,
                                ContainerDefaults.field(file.fieldRef())));
    }

    private static @Nullable ProjectedVolumeSource projected(
            @Nullable ProjectedVolumeSource source) {
        if (source == null) {
            return null;
        }
        return Edit.of(source)
                .change(
                        ProjectedVolumeSource::sources,
                        sources -> Edit.each(sources, VolumeDefaults::projection))
                .change(
                        ProjectedVolumeSource::defaultMode,
                        mode -> Objects.requireNonNullElse(mode, MODE))
                .done();
    }

    private static VolumeProjection projection(VolumeProjection projection) {
        var edit = Edit.of(projection);
        var token = projection.serviceAccountToken();
        if (token != null && token.expirationSeconds() == null) {
            edit.set(
                    VolumeProjection::serviceAccountToken,
                    Edit.with(
                            token,
                            ServiceAccountTokenProjection::expirationSeconds,
                            TOKEN_SECONDS));
        }
        var downward = projection.downwardAPI();
        if (downward != null) {
            edit.set(
                    VolumeProjection::downwardAPI,
                    Edit.with(downward, DownwardAPIProjection::items, files(downward.items())));
        }
        var certificate = projection.podCertificate();
        if (certificate != null && certificate.maxExpirationSeconds() == null) {
            edit.set(
                    VolumeProjection::podCertificate,
                    Edit.with(
                            certificate,
                            PodCertificateProjection::maxExpirationSeconds,
                            CERTIFICATE_SECONDS_MAX));
        }
        return edit.done();
    }

    private static @Nullable EphemeralVolumeSource ephemeral(
            @Nullable EphemeralVolumeSource source) {
        var template = source == null ? null : source.volumeClaimTemplate();
        return template == null
                ? source
                : new EphemeralVolumeSource(
                        new PersistentVolumeClaimTemplate(
                                template.metadata(), claim(template.spec())));
    }

    private static @Nullable ImageVolumeSource image(@Nullable ImageVolumeSource source) {
        return source != null && source.pullPolicy().isEmpty()
                ? new ImageVolumeSource(
                        source.reference(), ContainerDefaults.pullPolicy(source.reference()))
                : source;
    }

    private static @Nullable ISCSIVolumeSource iscsi(@Nullable ISCSIVolumeSource source) {
        return source == null
                ? null
                : Edit.with(
                        source,
                        ISCSIVolumeSource::iscsiInterface,
                        orElse(source.iscsiInterface(), "default"));
    }

    private static @Nullable RBDVolumeSource rbd(@Nullable RBDVolumeSource source) {
        return source == null
                ? null
                : Edit.of(source)
                        .set(RBDVolumeSource::pool, orElse(source.pool(), "rbd"))
                        .set(RBDVolumeSource::user, orElse(source.user(), "admin"))
                        .set(
                                RBDVolumeSource::keyring,
                                orElse(source.keyring(), "/etc/ceph/keyring"))
                        .done();
    }

    private static @Nullable ScaleIOVolumeSource scaleIo(@Nullable ScaleIOVolumeSource source) {
        return source == null
                ? null
                : Edit.of(source)
                        .set(
                                ScaleIOVolumeSource::storageMode,
                                orElse(source.storageMode(), "ThinProvisioned"))
                        .set(ScaleIOVolumeSource::fsType, orElse(source.fsType(), "xfs"))
                        .done();
    }
}
