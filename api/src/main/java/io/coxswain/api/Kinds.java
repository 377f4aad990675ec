package io.coxswain.api;

import io.coxswain.api.admissionregistration.MutatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.MutatingAdmissionPolicyBinding;
import io.coxswain.api.admissionregistration.MutatingWebhookConfiguration;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicy;
import io.coxswain.api.admissionregistration.ValidatingAdmissionPolicyBinding;
import io.coxswain.api.admissionregistration.ValidatingWebhookConfiguration;
import io.coxswain.api.apiextensions.CustomResourceDefinition;
import io.coxswain.api.apiregistration.APIService;
import io.coxswain.api.apps.ControllerRevision;
import io.coxswain.api.apps.DaemonSet;
import io.coxswain.api.apps.Deployment;
import io.coxswain.api.apps.ReplicaSet;
import io.coxswain.api.apps.StatefulSet;
import io.coxswain.api.autoscaling.HorizontalPodAutoscaler;
import io.coxswain.api.batch.CronJob;
import io.coxswain.api.batch.Job;
import io.coxswain.api.certificates.CertificateSigningRequest;
import io.coxswain.api.columns.Cells;
import io.coxswain.api.coordination.Lease;
import io.coxswain.api.core.ComponentStatus;
import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Endpoints;
import io.coxswain.api.core.Event;
import io.coxswain.api.core.LimitRange;
import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodTemplate;
import io.coxswain.api.core.ReplicationController;
import io.coxswain.api.core.ResourceQuota;
import io.coxswain.api.core.Secret;
import io.coxswain.api.core.Service;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.flowcontrol.FlowSchema;
import io.coxswain.api.flowcontrol.PriorityLevelConfiguration;
import io.coxswain.api.networking.IPAddress;
import io.coxswain.api.networking.Ingress;
import io.coxswain.api.networking.IngressClass;
import io.coxswain.api.networking.NetworkPolicy;
import io.coxswain.api.networking.ServiceCIDR;
import io.coxswain.api.node.RuntimeClass;
import io.coxswain.api.policy.PodDisruptionBudget;
import io.coxswain.api.rbac.ClusterRole;
import io.coxswain.api.rbac.ClusterRoleBinding;
import io.coxswain.api.rbac.Role;
import io.coxswain.api.rbac.RoleBinding;
import io.coxswain.api.resource.DeviceClass;
import io.coxswain.api.resource.ResourceClaim;
import io.coxswain.api.resource.ResourceClaimTemplate;
import io.coxswain.api.resource.ResourceSlice;
import io.coxswain.api.scheduling.PriorityClass;
import io.coxswain.api.schema.Resource;
import io.coxswain.api.schema.Strategy;
import io.coxswain.api.storage.CSIDriver;
import io.coxswain.api.storage.CSINode;
import io.coxswain.api.storage.CSIStorageCapacity;
import io.coxswain.api.storage.StorageClass;
import io.coxswain.api.storage.VolumeAttachment;
import io.coxswain.api.storage.VolumeAttributesClass;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The kinds that are compiled in: the list, and look-ups in it.
public final class Kinds {

    /// One line per kind. Order is the order of `kubectl api-resources`' groups, not of names.
    public static final List<BuiltIn<?>> BUILT_IN =
            List.of(
                    BuiltIn.of(Namespace.class, Namespace.STRATEGY, Cells::standard),
                    BuiltIn.of(Node.class, Node.STRATEGY, Cells::standard),
                    BuiltIn.of(Pod.class, Pod.STRATEGY, Cells::standard),
                    BuiltIn.of(Service.class, Service.STRATEGY, Cells::standard),
                    BuiltIn.of(Endpoints.class, Endpoints.STRATEGY, Cells::standard),
                    BuiltIn.of(ConfigMap.class, ConfigMap.STRATEGY, Cells::standard),
                    BuiltIn.of(Secret.class, Secret.STRATEGY, Cells::standard),
                    BuiltIn.of(ServiceAccount.class, ServiceAccount.STRATEGY, Cells::standard),
                    BuiltIn.of(Event.class, Event.STRATEGY, Cells::standard),
                    BuiltIn.of(PersistentVolume.class, PersistentVolume.STRATEGY, Cells::standard),
                    BuiltIn.of(
                            PersistentVolumeClaim.class,
                            PersistentVolumeClaim.STRATEGY,
                            Cells::standard),
                    BuiltIn.of(LimitRange.class, LimitRange.STRATEGY, Cells::standard),
                    BuiltIn.of(ResourceQuota.class, ResourceQuota.STRATEGY, Cells::standard),
                    BuiltIn.of(
                            ReplicationController.class,
                            ReplicationController.STRATEGY,
                            Cells::standard),
                    BuiltIn.of(PodTemplate.class, PodTemplate.STRATEGY, Cells::standard),
                    BuiltIn.of(ComponentStatus.class, Strategy.standard(), Cells::standard),
                    BuiltIn.of(Deployment.class, Deployment.STRATEGY, Cells::standard),
                    BuiltIn.of(ReplicaSet.class, ReplicaSet.STRATEGY, Cells::standard),
                    BuiltIn.of(DaemonSet.class, DaemonSet.STRATEGY, Cells::standard),
                    BuiltIn.of(StatefulSet.class, StatefulSet.STRATEGY, Cells::standard),
                    BuiltIn.of(
                            ControllerRevision.class, ControllerRevision.STRATEGY, Cells::standard),
                    BuiltIn.of(Job.class, Job.STRATEGY, Cells::standard),
                    BuiltIn.of(CronJob.class, CronJob.STRATEGY, Cells::standard),
                    BuiltIn.of(EndpointSlice.class, EndpointSlice.STRATEGY, Cells::standard),
                    BuiltIn.of(Lease.class, Lease.STRATEGY, Cells::standard),
                    BuiltIn.of(
                            io.coxswain.api.events.Event.class,
                            io.coxswain.api.events.Event.STRATEGY,
                            Cells::standard),
                    BuiltIn.of(Ingress.class, Ingress.STRATEGY, Cells::standard),
                    BuiltIn.of(IngressClass.class, IngressClass.STRATEGY, Cells::standard),
                    BuiltIn.of(NetworkPolicy.class, NetworkPolicy.STRATEGY, Cells::standard),
                    BuiltIn.of(IPAddress.class, IPAddress.STRATEGY, Cells::standard),
                    BuiltIn.of(ServiceCIDR.class, ServiceCIDR.STRATEGY, Cells::standard),
                    BuiltIn.of(Role.class, Role.STRATEGY, Cells::standard),
                    BuiltIn.of(ClusterRole.class, ClusterRole.STRATEGY, Cells::standard),
                    BuiltIn.of(RoleBinding.class, RoleBinding.STRATEGY, Cells::standard),
                    BuiltIn.of(
                            ClusterRoleBinding.class, ClusterRoleBinding.STRATEGY, Cells::standard),
                    BuiltIn.of(
                            HorizontalPodAutoscaler.class,
                            HorizontalPodAutoscaler.STRATEGY,
                            Cells::standard),
                    BuiltIn.of(
                            io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.class,
                            io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.STRATEGY,
                            Cells::standard),
                    BuiltIn.of(
                            PodDisruptionBudget.class,
                            PodDisruptionBudget.STRATEGY,
                            Cells::standard),
                    BuiltIn.of(PriorityClass.class, PriorityClass.STRATEGY, Cells::standard),
                    BuiltIn.of(RuntimeClass.class, RuntimeClass.STRATEGY, Cells::standard),
                    BuiltIn.of(StorageClass.class, StorageClass.STRATEGY, Cells::standard),
                    BuiltIn.of(CSIDriver.class, CSIDriver.STRATEGY, Cells::standard),
                    BuiltIn.of(CSINode.class, CSINode.STRATEGY, Cells::standard),
                    BuiltIn.of(
                            CSIStorageCapacity.class, CSIStorageCapacity.STRATEGY, Cells::standard),
                    BuiltIn.of(VolumeAttachment.class, VolumeAttachment.STRATEGY, Cells::standard),
                    BuiltIn.of(
                            VolumeAttributesClass.class,
                            VolumeAttributesClass.STRATEGY,
                            Cells::standard),
                    BuiltIn.of(DeviceClass.class, Strategy.standard(), Cells::standard),
                    BuiltIn.of(ResourceClaim.class, ResourceClaim.STRATEGY, Cells::standard),
                    BuiltIn.of(
                            ResourceClaimTemplate.class,
                            ResourceClaimTemplate.STRATEGY,
                            Cells::standard),
                    BuiltIn.of(ResourceSlice.class, Strategy.standard(), Cells::standard),
                    BuiltIn.of(
                            CertificateSigningRequest.class,
                            CertificateSigningRequest.STRATEGY,
                            Cells::standard),
                    BuiltIn.of(FlowSchema.class, FlowSchema.STRATEGY, Cells::standard),
                    BuiltIn.of(
                            PriorityLevelConfiguration.class,
                            PriorityLevelConfiguration.STRATEGY,
                            Cells::standard),
                    BuiltIn.of(
                            ValidatingWebhookConfiguration.class,
                            Strategy.standard(),
                            Cells::standard),
                    BuiltIn.of(
                            MutatingWebhookConfiguration.class,
                            Strategy.standard(),
                            Cells::standard),
                    BuiltIn.of(
                            ValidatingAdmissionPolicy.class,
                            ValidatingAdmissionPolicy.STRATEGY,
                            Cells::standard),
                    BuiltIn.of(
                            ValidatingAdmissionPolicyBinding.class,
                            Strategy.standard(),
                            Cells::standard),
                    BuiltIn.of(MutatingAdmissionPolicy.class, Strategy.standard(), Cells::standard),
                    BuiltIn.of(
                            MutatingAdmissionPolicyBinding.class,
                            Strategy.standard(),
                            Cells::standard),
                    BuiltIn.of(
                            CustomResourceDefinition.class,
                            CustomResourceDefinition.STRATEGY,
                            Cells::standard),
                    BuiltIn.of(APIService.class, APIService.STRATEGY, Cells::standard));

    private static final Map<Class<?>, BuiltIn<?>> BY_CLASS = new HashMap<>();
    private static final Map<String, BuiltIn<?>> BY_PLURAL = new HashMap<>();
    private static final Map<String, BuiltIn<?>> BY_KIND = new HashMap<>();

    static {
        for (var builtIn : BUILT_IN) {
            var kind = builtIn.kind();
            BY_CLASS.put(builtIn.type(), builtIn);
            BY_PLURAL.put(kind.apiVersion() + "/" + kind.plural(), builtIn);
            BY_KIND.put(kind.apiVersion() + "/" + kind.kind(), builtIn);
        }
    }

    private Kinds() {}

    /// The kind of a record class; throws [IllegalArgumentException] for one that is not listed.
    @SuppressWarnings("unchecked")
    public static <T extends Resource> BuiltIn<T> of(Class<T> type) {
        var found = BY_CLASS.get(type);
        if (found == null) {
            throw new IllegalArgumentException(type + " is not among the built-in kinds");
        }
        return (BuiltIn<T>) found;
    }

    /// The kind behind a path; `group` is empty for the core group.
    public static @Nullable BuiltIn<?> byPlural(String group, String version, String plural) {
        var apiVersion = group.isEmpty() ? version : group + "/" + version;
        return BY_PLURAL.get(apiVersion + "/" + plural);
    }

    /// The kind that an object names itself, for example `apps/v1` and `Deployment`.
    public static @Nullable BuiltIn<?> byKind(String apiVersion, String kind) {
        return BY_KIND.get(apiVersion + "/" + kind);
    }
}
