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
import io.coxswain.api.autoscaling.AutoscalerConversion;
import io.coxswain.api.autoscaling.HorizontalPodAutoscaler;
import io.coxswain.api.batch.CronJob;
import io.coxswain.api.batch.Job;
import io.coxswain.api.certificates.CertificateSigningRequest;
import io.coxswain.api.columns.Cells;
import io.coxswain.api.columns.ClusterCells;
import io.coxswain.api.columns.NetworkCells;
import io.coxswain.api.columns.NodeCells;
import io.coxswain.api.columns.PodCells;
import io.coxswain.api.columns.ServerCells;
import io.coxswain.api.columns.StorageCells;
import io.coxswain.api.columns.WorkloadCells;
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
                    BuiltIn.of(Namespace.class, Namespace.STRATEGY, ClusterCells::namespace),
                    BuiltIn.of(Node.class, Node.STRATEGY, NodeCells::of),
                    BuiltIn.of(Pod.class, Pod.STRATEGY, PodCells::of),
                    BuiltIn.of(Service.class, Service.STRATEGY, NetworkCells::service),
                    BuiltIn.of(Endpoints.class, Endpoints.STRATEGY, NetworkCells::endpoints),
                    BuiltIn.of(ConfigMap.class, ConfigMap.STRATEGY, ClusterCells::configMap),
                    BuiltIn.of(Secret.class, Secret.STRATEGY, ClusterCells::secret),
                    BuiltIn.of(ServiceAccount.class, ServiceAccount.STRATEGY, Cells::nameAndAge),
                    BuiltIn.of(Event.class, Event.STRATEGY, ClusterCells::event),
                    BuiltIn.of(
                            PersistentVolume.class,
                            PersistentVolume.STRATEGY,
                            StorageCells::volume),
                    BuiltIn.of(
                            PersistentVolumeClaim.class,
                            PersistentVolumeClaim.STRATEGY,
                            StorageCells::claim),
                    BuiltIn.of(LimitRange.class, LimitRange.STRATEGY, Cells::standard),
                    BuiltIn.of(ResourceQuota.class, ResourceQuota.STRATEGY, ClusterCells::quota),
                    BuiltIn.of(
                            ReplicationController.class,
                            ReplicationController.STRATEGY,
                            WorkloadCells::replicationController),
                    BuiltIn.of(PodTemplate.class, PodTemplate.STRATEGY, WorkloadCells::podTemplate),
                    BuiltIn.of(ComponentStatus.class, Strategy.standard(), ServerCells::component),
                    BuiltIn.of(Deployment.class, Deployment.STRATEGY, WorkloadCells::deployment),
                    BuiltIn.of(ReplicaSet.class, ReplicaSet.STRATEGY, WorkloadCells::replicaSet),
                    BuiltIn.of(DaemonSet.class, DaemonSet.STRATEGY, WorkloadCells::daemonSet),
                    BuiltIn.of(StatefulSet.class, StatefulSet.STRATEGY, WorkloadCells::statefulSet),
                    BuiltIn.of(
                            ControllerRevision.class,
                            ControllerRevision.STRATEGY,
                            WorkloadCells::controllerRevision),
                    BuiltIn.of(Job.class, Job.STRATEGY, WorkloadCells::job),
                    BuiltIn.of(CronJob.class, CronJob.STRATEGY, WorkloadCells::cronJob),
                    BuiltIn.of(
                            EndpointSlice.class,
                            EndpointSlice.STRATEGY,
                            NetworkCells::endpointSlice),
                    BuiltIn.of(Lease.class, Lease.STRATEGY, ClusterCells::lease),
                    BuiltIn.of(
                                    io.coxswain.api.events.Event.class,
                                    io.coxswain.api.events.Event.STRATEGY,
                                    ServerCells::event)
                            .storedAs(Event.class, io.coxswain.api.events.Event.CONVERSION),
                    BuiltIn.of(Ingress.class, Ingress.STRATEGY, NetworkCells::ingress),
                    BuiltIn.of(
                            IngressClass.class, IngressClass.STRATEGY, NetworkCells::ingressClass),
                    BuiltIn.of(
                            NetworkPolicy.class,
                            NetworkPolicy.STRATEGY,
                            NetworkCells::networkPolicy),
                    BuiltIn.of(IPAddress.class, IPAddress.STRATEGY, NetworkCells::ipAddress),
                    BuiltIn.of(ServiceCIDR.class, ServiceCIDR.STRATEGY, NetworkCells::serviceCidr),
                    BuiltIn.of(Role.class, Role.STRATEGY, Cells::standard),
                    BuiltIn.of(ClusterRole.class, ClusterRole.STRATEGY, Cells::standard),
                    BuiltIn.of(RoleBinding.class, RoleBinding.STRATEGY, ClusterCells::roleBinding),
                    BuiltIn.of(
                            ClusterRoleBinding.class,
                            ClusterRoleBinding.STRATEGY,
                            ClusterCells::clusterRoleBinding),
                    BuiltIn.of(
                                    HorizontalPodAutoscaler.class,
                                    HorizontalPodAutoscaler.STRATEGY,
                                    ClusterCells::autoscaler)
                            .storedAs(
                                    io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.class,
                                    AutoscalerConversion.V1),
                    BuiltIn.of(
                            io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.class,
                            io.coxswain.api.autoscaling.v2.HorizontalPodAutoscaler.STRATEGY,
                            ClusterCells::autoscaler),
                    BuiltIn.of(
                            PodDisruptionBudget.class,
                            PodDisruptionBudget.STRATEGY,
                            ClusterCells::budget),
                    BuiltIn.of(
                            PriorityClass.class,
                            PriorityClass.STRATEGY,
                            ClusterCells::priorityClass),
                    BuiltIn.of(
                            RuntimeClass.class, RuntimeClass.STRATEGY, ClusterCells::runtimeClass),
                    BuiltIn.of(
                            StorageClass.class, StorageClass.STRATEGY, StorageCells::storageClass),
                    BuiltIn.of(CSIDriver.class, CSIDriver.STRATEGY, StorageCells::driver),
                    BuiltIn.of(CSINode.class, CSINode.STRATEGY, StorageCells::node),
                    BuiltIn.of(
                            CSIStorageCapacity.class, CSIStorageCapacity.STRATEGY, Cells::standard),
                    BuiltIn.of(
                            VolumeAttachment.class,
                            VolumeAttachment.STRATEGY,
                            StorageCells::attachment),
                    BuiltIn.of(
                            VolumeAttributesClass.class,
                            VolumeAttributesClass.STRATEGY,
                            StorageCells::attributesClass),
                    BuiltIn.of(DeviceClass.class, DeviceClass.STRATEGY, Cells::nameAndAge),
                    BuiltIn.of(ResourceClaim.class, ResourceClaim.STRATEGY, ServerCells::claim),
                    BuiltIn.of(
                            ResourceClaimTemplate.class,
                            ResourceClaimTemplate.STRATEGY,
                            Cells::nameAndAge),
                    BuiltIn.of(ResourceSlice.class, ResourceSlice.STRATEGY, ServerCells::slice),
                    BuiltIn.of(
                            CertificateSigningRequest.class,
                            CertificateSigningRequest.STRATEGY,
                            ClusterCells::signingRequest),
                    BuiltIn.of(FlowSchema.class, FlowSchema.STRATEGY, ServerCells::flowSchema),
                    BuiltIn.of(
                            PriorityLevelConfiguration.class,
                            PriorityLevelConfiguration.STRATEGY,
                            ServerCells::priorityLevel),
                    BuiltIn.of(
                            ValidatingWebhookConfiguration.class,
                            ValidatingWebhookConfiguration.STRATEGY,
                            ServerCells::validatingWebhooks),
                    BuiltIn.of(
                            MutatingWebhookConfiguration.class,
                            MutatingWebhookConfiguration.STRATEGY,
                            ServerCells::mutatingWebhooks),
                    BuiltIn.of(
                            ValidatingAdmissionPolicy.class,
                            ValidatingAdmissionPolicy.STRATEGY,
                            ServerCells::validatingPolicy),
                    BuiltIn.of(
                            ValidatingAdmissionPolicyBinding.class,
                            ValidatingAdmissionPolicyBinding.STRATEGY,
                            ServerCells::validatingBinding),
                    BuiltIn.of(
                            MutatingAdmissionPolicy.class,
                            MutatingAdmissionPolicy.STRATEGY,
                            ServerCells::mutatingPolicy),
                    BuiltIn.of(
                            MutatingAdmissionPolicyBinding.class,
                            MutatingAdmissionPolicyBinding.STRATEGY,
                            ServerCells::mutatingBinding),
                    BuiltIn.of(
                            CustomResourceDefinition.class,
                            CustomResourceDefinition.STRATEGY,
                            Cells::standard),
                    BuiltIn.of(APIService.class, APIService.STRATEGY, ServerCells::apiService));

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
