package io.coxswain.api.core;

import io.coxswain.api.core.Container.ObjectFieldSelector;
import io.coxswain.api.core.Container.ResourceFieldSelector;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Default;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.OmitEmpty;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The sources a volume can come from, one record each; `Volume` and `PersistentVolumeSpec` name
/// them.
public final class Volumes {
    private Volumes() {}

    public record AWSElasticBlockStoreVolumeSource(
            @Required String volumeID, String fsType, int partition, boolean readOnly) {}

    public record AzureDiskVolumeSource(
            @Required String diskName,
            @Required String diskURI,
            @Nullable @Default("ReadWrite") @OneOf({"None", "ReadOnly", "ReadWrite"})
                    String cachingMode,
            @Nullable @Default("ext4") String fsType,
            @Nullable Boolean readOnly,
            @Nullable @Default("Shared") @OneOf({"Dedicated", "Managed", "Shared"}) String kind) {}

    public record AzureFilePersistentVolumeSource(
            @Required String secretName,
            @Required String shareName,
            boolean readOnly,
            @Nullable @Always String secretNamespace) {}

    public record AzureFileVolumeSource(
            @Required String secretName, @Required String shareName, boolean readOnly) {}

    public record CSIPersistentVolumeSource(
            @Required String driver,
            @Required String volumeHandle,
            boolean readOnly,
            String fsType,
            Map<String, String> volumeAttributes,
            @Nullable SecretReference controllerPublishSecretRef,
            @Nullable SecretReference nodeStageSecretRef,
            @Nullable SecretReference nodePublishSecretRef,
            @Nullable SecretReference controllerExpandSecretRef,
            @Nullable SecretReference nodeExpandSecretRef) {}

    @Atomic
    public record SecretReference(String name, String namespace) {}

    public record CSIVolumeSource(
            @Required String driver,
            @Nullable Boolean readOnly,
            @Nullable String fsType,
            Map<String, String> volumeAttributes,
            @Nullable LocalObjectReference nodePublishSecretRef) {}

    public record CephFSPersistentVolumeSource(
            @Required List<String> monitors,
            String path,
            String user,
            String secretFile,
            @Nullable SecretReference secretRef,
            boolean readOnly) {}

    public record CephFSVolumeSource(
            @Required List<String> monitors,
            String path,
            String user,
            String secretFile,
            @Nullable LocalObjectReference secretRef,
            boolean readOnly) {}

    public record CinderPersistentVolumeSource(
            @Required String volumeID,
            String fsType,
            boolean readOnly,
            @Nullable SecretReference secretRef) {}

    public record CinderVolumeSource(
            @Required String volumeID,
            String fsType,
            boolean readOnly,
            @Nullable LocalObjectReference secretRef) {}

    public record ClusterTrustBundleProjection(
            @Nullable String name,
            @Nullable String signerName,
            @Nullable LabelSelector labelSelector,
            @Nullable Boolean optional,
            @Required String path) {}

    public record ConfigMapProjection(
            String name, List<KeyToPath> items, @Nullable Boolean optional) {}

    public record KeyToPath(@Required String key, @Required String path, @Nullable Integer mode) {}

    public record ConfigMapVolumeSource(
            String name,
            List<KeyToPath> items,
            @Nullable Integer defaultMode,
            @Nullable Boolean optional) {}

    public record DownwardAPIProjection(List<DownwardAPIVolumeFile> items) {}

    public record DownwardAPIVolumeFile(
            @Required String path,
            @Nullable ObjectFieldSelector fieldRef,
            @Nullable ResourceFieldSelector resourceFieldRef,
            @Nullable Integer mode) {}

    public record DownwardAPIVolumeSource(
            List<DownwardAPIVolumeFile> items, @Nullable Integer defaultMode) {}

    public record EmptyDirVolumeSource(String medium, @Nullable Quantity sizeLimit) {}

    public record EphemeralVolumeSource(
            @Nullable PersistentVolumeClaimTemplate volumeClaimTemplate) {}

    public record PersistentVolumeClaimTemplate(
            ObjectMeta metadata, @Required PersistentVolumeClaimSpec spec) {}

    public record FCVolumeSource(
            List<String> targetWWNs,
            @Nullable Integer lun,
            String fsType,
            boolean readOnly,
            List<String> wwids) {}

    public record FlexPersistentVolumeSource(
            @Required String driver,
            String fsType,
            @Nullable SecretReference secretRef,
            boolean readOnly,
            Map<String, String> options) {}

    public record FlexVolumeSource(
            @Required String driver,
            String fsType,
            @Nullable LocalObjectReference secretRef,
            boolean readOnly,
            Map<String, String> options) {}

    public record FlockerVolumeSource(String datasetName, String datasetUUID) {}

    public record GCEPersistentDiskVolumeSource(
            @Required String pdName, String fsType, int partition, boolean readOnly) {}

    public record GitRepoVolumeSource(
            @Required String repository, String revision, String directory) {}

    public record GlusterfsPersistentVolumeSource(
            @Required String endpoints,
            @Required String path,
            boolean readOnly,
            @Nullable String endpointsNamespace) {}

    public record GlusterfsVolumeSource(
            @Required String endpoints, @Required String path, boolean readOnly) {}

    public record HostPathVolumeSource(
            @Required String path,
            @Nullable
                    @OneOf({
                        "",
                        "BlockDevice",
                        "CharDevice",
                        "Directory",
                        "DirectoryOrCreate",
                        "File",
                        "FileOrCreate",
                        "Socket"
                    })
                    String type) {}

    public record ISCSIPersistentVolumeSource(
            @Required String targetPortal,
            @Required String iqn,
            @Required int lun,
            @Default("default") String iscsiInterface,
            String fsType,
            boolean readOnly,
            List<String> portals,
            boolean chapAuthDiscovery,
            boolean chapAuthSession,
            @Nullable SecretReference secretRef,
            @Nullable String initiatorName) {}

    public record ISCSIVolumeSource(
            @Required String targetPortal,
            @Required String iqn,
            @Required int lun,
            @Default("default") String iscsiInterface,
            String fsType,
            boolean readOnly,
            List<String> portals,
            boolean chapAuthDiscovery,
            boolean chapAuthSession,
            @Nullable LocalObjectReference secretRef,
            @Nullable String initiatorName) {}

    public record ImageVolumeSource(
            String reference, @OneOf({"Always", "IfNotPresent", "Never"}) String pullPolicy) {}

    public record LocalVolumeSource(@Required String path, @Nullable String fsType) {}

    public record NFSVolumeSource(
            @Required String server, @Required String path, boolean readOnly) {}

    public record PersistentVolumeClaimVolumeSource(@Required String claimName, boolean readOnly) {}

    public record PhotonPersistentDiskVolumeSource(@Required String pdID, String fsType) {}

    public record PodCertificateProjection(
            @Required @OmitEmpty String signerName,
            @Required @OmitEmpty String keyType,
            @Nullable Integer maxExpirationSeconds,
            String credentialBundlePath,
            String keyPath,
            String certificateChainPath,
            Map<String, String> userAnnotations) {}

    public record PortworxVolumeSource(
            @Required String volumeID, String fsType, boolean readOnly) {}

    public record ProjectedVolumeSource(
            @Always List<VolumeProjection> sources, @Nullable Integer defaultMode) {}

    public record VolumeProjection(
            @Nullable SecretProjection secret,
            @Nullable DownwardAPIProjection downwardAPI,
            @Nullable ConfigMapProjection configMap,
            @Nullable ServiceAccountTokenProjection serviceAccountToken,
            @Nullable @Gate("ClusterTrustBundleProjection")
                    ClusterTrustBundleProjection clusterTrustBundle,
            @Nullable @Gate("PodCertificateProjection") PodCertificateProjection podCertificate) {}

    public record SecretProjection(
            String name, List<KeyToPath> items, @Nullable Boolean optional) {}

    public record ServiceAccountTokenProjection(
            String audience, @Nullable Long expirationSeconds, @Required String path) {}

    public record QuobyteVolumeSource(
            @Required String registry,
            @Required String volume,
            boolean readOnly,
            String user,
            String group,
            String tenant) {}

    public record RBDPersistentVolumeSource(
            @Required List<String> monitors,
            @Required String image,
            String fsType,
            @Default("rbd") String pool,
            @Default("admin") String user,
            @Default("/etc/ceph/keyring") String keyring,
            @Nullable SecretReference secretRef,
            boolean readOnly) {}

    public record RBDVolumeSource(
            @Required List<String> monitors,
            @Required String image,
            String fsType,
            @Default("rbd") String pool,
            @Default("admin") String user,
            @Default("/etc/ceph/keyring") String keyring,
            @Nullable LocalObjectReference secretRef,
            boolean readOnly) {}

    public record ScaleIOPersistentVolumeSource(
            @Required String gateway,
            @Required String system,
            @Required @Always SecretReference secretRef,
            boolean sslEnabled,
            String protectionDomain,
            String storagePool,
            @Default("ThinProvisioned") String storageMode,
            String volumeName,
            @Default("xfs") String fsType,
            boolean readOnly) {}

    public record ScaleIOVolumeSource(
            @Required String gateway,
            @Required String system,
            @Required @Always LocalObjectReference secretRef,
            boolean sslEnabled,
            String protectionDomain,
            String storagePool,
            @Default("ThinProvisioned") String storageMode,
            String volumeName,
            @Default("xfs") String fsType,
            boolean readOnly) {}

    public record SecretVolumeSource(
            String secretName,
            List<KeyToPath> items,
            @Nullable Integer defaultMode,
            @Nullable Boolean optional) {}

    public record StorageOSPersistentVolumeSource(
            String volumeName,
            String volumeNamespace,
            String fsType,
            boolean readOnly,
            @Nullable ObjectReference secretRef) {}

    public record StorageOSVolumeSource(
            String volumeName,
            String volumeNamespace,
            String fsType,
            boolean readOnly,
            @Nullable LocalObjectReference secretRef) {}

    public record VsphereVirtualDiskVolumeSource(
            @Required String volumePath,
            String fsType,
            String storagePolicyName,
            String storagePolicyID) {}
}
