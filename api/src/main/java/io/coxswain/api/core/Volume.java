package io.coxswain.api.core;

import io.coxswain.api.core.Volumes.AWSElasticBlockStoreVolumeSource;
import io.coxswain.api.core.Volumes.AzureDiskVolumeSource;
import io.coxswain.api.core.Volumes.AzureFileVolumeSource;
import io.coxswain.api.core.Volumes.CSIVolumeSource;
import io.coxswain.api.core.Volumes.CephFSVolumeSource;
import io.coxswain.api.core.Volumes.CinderVolumeSource;
import io.coxswain.api.core.Volumes.ConfigMapVolumeSource;
import io.coxswain.api.core.Volumes.DownwardAPIVolumeSource;
import io.coxswain.api.core.Volumes.EmptyDirVolumeSource;
import io.coxswain.api.core.Volumes.EphemeralVolumeSource;
import io.coxswain.api.core.Volumes.FCVolumeSource;
import io.coxswain.api.core.Volumes.FlexVolumeSource;
import io.coxswain.api.core.Volumes.FlockerVolumeSource;
import io.coxswain.api.core.Volumes.GCEPersistentDiskVolumeSource;
import io.coxswain.api.core.Volumes.GitRepoVolumeSource;
import io.coxswain.api.core.Volumes.GlusterfsVolumeSource;
import io.coxswain.api.core.Volumes.HostPathVolumeSource;
import io.coxswain.api.core.Volumes.ISCSIVolumeSource;
import io.coxswain.api.core.Volumes.ImageVolumeSource;
import io.coxswain.api.core.Volumes.NFSVolumeSource;
import io.coxswain.api.core.Volumes.PersistentVolumeClaimVolumeSource;
import io.coxswain.api.core.Volumes.PhotonPersistentDiskVolumeSource;
import io.coxswain.api.core.Volumes.PortworxVolumeSource;
import io.coxswain.api.core.Volumes.ProjectedVolumeSource;
import io.coxswain.api.core.Volumes.QuobyteVolumeSource;
import io.coxswain.api.core.Volumes.RBDVolumeSource;
import io.coxswain.api.core.Volumes.ScaleIOVolumeSource;
import io.coxswain.api.core.Volumes.SecretVolumeSource;
import io.coxswain.api.core.Volumes.StorageOSVolumeSource;
import io.coxswain.api.core.Volumes.VsphereVirtualDiskVolumeSource;
import io.coxswain.api.schema.Required;
import org.jspecify.annotations.Nullable;

public record Volume(
        @Required String name,
        @Nullable HostPathVolumeSource hostPath,
        @Nullable EmptyDirVolumeSource emptyDir,
        @Nullable GCEPersistentDiskVolumeSource gcePersistentDisk,
        @Nullable AWSElasticBlockStoreVolumeSource awsElasticBlockStore,
        @Nullable GitRepoVolumeSource gitRepo,
        @Nullable SecretVolumeSource secret,
        @Nullable NFSVolumeSource nfs,
        @Nullable ISCSIVolumeSource iscsi,
        @Nullable GlusterfsVolumeSource glusterfs,
        @Nullable PersistentVolumeClaimVolumeSource persistentVolumeClaim,
        @Nullable RBDVolumeSource rbd,
        @Nullable FlexVolumeSource flexVolume,
        @Nullable CinderVolumeSource cinder,
        @Nullable CephFSVolumeSource cephfs,
        @Nullable FlockerVolumeSource flocker,
        @Nullable DownwardAPIVolumeSource downwardAPI,
        @Nullable FCVolumeSource fc,
        @Nullable AzureFileVolumeSource azureFile,
        @Nullable ConfigMapVolumeSource configMap,
        @Nullable VsphereVirtualDiskVolumeSource vsphereVolume,
        @Nullable QuobyteVolumeSource quobyte,
        @Nullable AzureDiskVolumeSource azureDisk,
        @Nullable PhotonPersistentDiskVolumeSource photonPersistentDisk,
        @Nullable ProjectedVolumeSource projected,
        @Nullable PortworxVolumeSource portworxVolume,
        @Nullable ScaleIOVolumeSource scaleIO,
        @Nullable StorageOSVolumeSource storageos,
        @Nullable CSIVolumeSource csi,
        @Nullable EphemeralVolumeSource ephemeral,
        @Nullable ImageVolumeSource image) {}
