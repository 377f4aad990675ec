package io.coxswain.api.core;

import io.coxswain.api.schema.Required;
import org.jspecify.annotations.Nullable;

public record Volume(
        @Required String name,
        @Nullable Volumes.HostPathVolumeSource hostPath,
        @Nullable Volumes.EmptyDirVolumeSource emptyDir,
        @Nullable Volumes.GCEPersistentDiskVolumeSource gcePersistentDisk,
        @Nullable Volumes.AWSElasticBlockStoreVolumeSource awsElasticBlockStore,
        @Nullable Volumes.GitRepoVolumeSource gitRepo,
        @Nullable Volumes.SecretVolumeSource secret,
        @Nullable Volumes.NFSVolumeSource nfs,
        @Nullable Volumes.ISCSIVolumeSource iscsi,
        @Nullable Volumes.GlusterfsVolumeSource glusterfs,
        @Nullable Volumes.PersistentVolumeClaimVolumeSource persistentVolumeClaim,
        @Nullable Volumes.RBDVolumeSource rbd,
        @Nullable Volumes.FlexVolumeSource flexVolume,
        @Nullable Volumes.CinderVolumeSource cinder,
        @Nullable Volumes.CephFSVolumeSource cephfs,
        @Nullable Volumes.FlockerVolumeSource flocker,
        @Nullable Volumes.DownwardAPIVolumeSource downwardAPI,
        @Nullable Volumes.FCVolumeSource fc,
        @Nullable Volumes.AzureFileVolumeSource azureFile,
        @Nullable Volumes.ConfigMapVolumeSource configMap,
        @Nullable Volumes.VsphereVirtualDiskVolumeSource vsphereVolume,
        @Nullable Volumes.QuobyteVolumeSource quobyte,
        @Nullable Volumes.AzureDiskVolumeSource azureDisk,
        @Nullable Volumes.PhotonPersistentDiskVolumeSource photonPersistentDisk,
        @Nullable Volumes.ProjectedVolumeSource projected,
        @Nullable Volumes.PortworxVolumeSource portworxVolume,
        @Nullable Volumes.ScaleIOVolumeSource scaleIO,
        @Nullable Volumes.StorageOSVolumeSource storageos,
        @Nullable Volumes.CSIVolumeSource csi,
        @Nullable Volumes.EphemeralVolumeSource ephemeral,
        @Nullable Volumes.ImageVolumeSource image) {}
