package io.coxswain.api.core;

import io.coxswain.api.core.Volumes.AWSElasticBlockStoreVolumeSource;
import io.coxswain.api.core.Volumes.AzureDiskVolumeSource;
import io.coxswain.api.core.Volumes.AzureFilePersistentVolumeSource;
import io.coxswain.api.core.Volumes.CSIPersistentVolumeSource;
import io.coxswain.api.core.Volumes.CephFSPersistentVolumeSource;
import io.coxswain.api.core.Volumes.CinderPersistentVolumeSource;
import io.coxswain.api.core.Volumes.FCVolumeSource;
import io.coxswain.api.core.Volumes.FlexPersistentVolumeSource;
import io.coxswain.api.core.Volumes.FlockerVolumeSource;
import io.coxswain.api.core.Volumes.GCEPersistentDiskVolumeSource;
import io.coxswain.api.core.Volumes.GlusterfsPersistentVolumeSource;
import io.coxswain.api.core.Volumes.HostPathVolumeSource;
import io.coxswain.api.core.Volumes.ISCSIPersistentVolumeSource;
import io.coxswain.api.core.Volumes.LocalVolumeSource;
import io.coxswain.api.core.Volumes.NFSVolumeSource;
import io.coxswain.api.core.Volumes.PhotonPersistentDiskVolumeSource;
import io.coxswain.api.core.Volumes.PortworxVolumeSource;
import io.coxswain.api.core.Volumes.QuobyteVolumeSource;
import io.coxswain.api.core.Volumes.RBDPersistentVolumeSource;
import io.coxswain.api.core.Volumes.ScaleIOPersistentVolumeSource;
import io.coxswain.api.core.Volumes.StorageOSPersistentVolumeSource;
import io.coxswain.api.core.Volumes.VsphereVirtualDiskVolumeSource;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Quantity;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public record PersistentVolumeSpec(
        Map<String, Quantity> capacity,
        @Nullable GCEPersistentDiskVolumeSource gcePersistentDisk,
        @Nullable AWSElasticBlockStoreVolumeSource awsElasticBlockStore,
        @Nullable HostPathVolumeSource hostPath,
        @Nullable GlusterfsPersistentVolumeSource glusterfs,
        @Nullable NFSVolumeSource nfs,
        @Nullable RBDPersistentVolumeSource rbd,
        @Nullable ISCSIPersistentVolumeSource iscsi,
        @Nullable CinderPersistentVolumeSource cinder,
        @Nullable CephFSPersistentVolumeSource cephfs,
        @Nullable FCVolumeSource fc,
        @Nullable FlockerVolumeSource flocker,
        @Nullable FlexPersistentVolumeSource flexVolume,
        @Nullable AzureFilePersistentVolumeSource azureFile,
        @Nullable VsphereVirtualDiskVolumeSource vsphereVolume,
        @Nullable QuobyteVolumeSource quobyte,
        @Nullable AzureDiskVolumeSource azureDisk,
        @Nullable PhotonPersistentDiskVolumeSource photonPersistentDisk,
        @Nullable PortworxVolumeSource portworxVolume,
        @Nullable ScaleIOPersistentVolumeSource scaleIO,
        @Nullable LocalVolumeSource local,
        @Nullable StorageOSPersistentVolumeSource storageos,
        @Nullable CSIPersistentVolumeSource csi,
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
