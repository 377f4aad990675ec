package io.coxswain.api.core;

import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public record PersistentVolumeSpec(
        Map<String, Quantity> capacity,
        @Nullable Volumes.GCEPersistentDiskVolumeSource gcePersistentDisk,
        @Nullable Volumes.AWSElasticBlockStoreVolumeSource awsElasticBlockStore,
        @Nullable Volumes.HostPathVolumeSource hostPath,
        @Nullable Volumes.GlusterfsPersistentVolumeSource glusterfs,
        @Nullable Volumes.NFSVolumeSource nfs,
        @Nullable Volumes.RBDPersistentVolumeSource rbd,
        @Nullable Volumes.ISCSIPersistentVolumeSource iscsi,
        @Nullable Volumes.CinderPersistentVolumeSource cinder,
        @Nullable Volumes.CephFSPersistentVolumeSource cephfs,
        @Nullable Volumes.FCVolumeSource fc,
        @Nullable Volumes.FlockerVolumeSource flocker,
        @Nullable Volumes.FlexPersistentVolumeSource flexVolume,
        @Nullable Volumes.AzureFilePersistentVolumeSource azureFile,
        @Nullable Volumes.VsphereVirtualDiskVolumeSource vsphereVolume,
        @Nullable Volumes.QuobyteVolumeSource quobyte,
        @Nullable Volumes.AzureDiskVolumeSource azureDisk,
        @Nullable Volumes.PhotonPersistentDiskVolumeSource photonPersistentDisk,
        @Nullable Volumes.PortworxVolumeSource portworxVolume,
        @Nullable Volumes.ScaleIOPersistentVolumeSource scaleIO,
        @Nullable Volumes.LocalVolumeSource local,
        @Nullable Volumes.StorageOSPersistentVolumeSource storageos,
        @Nullable Volumes.CSIPersistentVolumeSource csi,
        List<String> accessModes,
        @Nullable ObjectReference claimRef,
        @OneOf({"Delete", "Recycle", "Retain"}) String persistentVolumeReclaimPolicy,
        String storageClassName,
        List<String> mountOptions,
        @Nullable @OneOf({"Block", "Filesystem"}) String volumeMode,
        @Nullable VolumeNodeAffinity nodeAffinity,
        @Nullable @Gate("VolumeAttributesClass") String volumeAttributesClassName) {

    public record VolumeNodeAffinity(@Nullable NodeSelector required) {}
}
