package io.coxswain.api.core;

import io.coxswain.api.core.Container.ContainerPort;
import io.coxswain.api.core.Container.ContainerResizePolicy;
import io.coxswain.api.core.Container.ContainerRestartRule;
import io.coxswain.api.core.Container.EnvFromSource;
import io.coxswain.api.core.Container.EnvVar;
import io.coxswain.api.core.Container.VolumeDevice;
import io.coxswain.api.core.Container.VolumeMount;
import io.coxswain.api.core.NodeSelector.NodeSelectorTerm;
import io.coxswain.api.core.SecurityContext.AppArmorProfile;
import io.coxswain.api.core.SecurityContext.SELinuxOptions;
import io.coxswain.api.core.SecurityContext.SeccompProfile;
import io.coxswain.api.core.SecurityContext.WindowsSecurityContextOptions;
import io.coxswain.api.meta.LabelSelector;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.PatchStrategy;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

public record PodSpec(
        @ListMap("name") @PatchStrategy("merge,retainKeys") List<Volume> volumes,
        @ListMap("name") List<Container> initContainers,
        @Required @ListMap("name") List<Container> containers,
        @ListMap("name") List<EphemeralContainer> ephemeralContainers,
        @OneOf({"Always", "Never", "OnFailure"}) String restartPolicy,
        @Nullable Long terminationGracePeriodSeconds,
        @Nullable Long activeDeadlineSeconds,
        @OneOf({"ClusterFirst", "ClusterFirstWithHostNet", "Default", "None"}) String dnsPolicy,
        @Atomic Map<String, String> nodeSelector,
        String serviceAccountName,
        String serviceAccount,
        @Nullable Boolean automountServiceAccountToken,
        String nodeName,
        boolean hostNetwork,
        boolean hostPID,
        boolean hostIPC,
        @Nullable Boolean shareProcessNamespace,
        @Nullable PodSecurityContext securityContext,
        @ListMap("name") List<LocalObjectReference> imagePullSecrets,
        String hostname,
        String subdomain,
        @Nullable Affinity affinity,
        String schedulerName,
        List<Toleration> tolerations,
        @ListMap("ip") List<HostAlias> hostAliases,
        String priorityClassName,
        @Nullable Integer priority,
        @Nullable PodDNSConfig dnsConfig,
        List<PodReadinessGate> readinessGates,
        @Nullable String runtimeClassName,
        @Nullable Boolean enableServiceLinks,
        @Nullable @OneOf({"Never", "PreemptLowerPriority"}) String preemptionPolicy,
        Map<String, Quantity> overhead,
        @ListMap({"topologyKey", "whenUnsatisfiable"})
                List<TopologySpreadConstraint> topologySpreadConstraints,
        @Nullable Boolean setHostnameAsFQDN,
        @Nullable PodOS os,
        @Nullable Boolean hostUsers,
        @ListMap("name") List<PodSchedulingGate> schedulingGates,
        @ListMap("name") @PatchStrategy("merge,retainKeys") @Gate("DynamicResourceAllocation")
                List<PodResourceClaim> resourceClaims,
        @Nullable @Gate("PodLevelResources") ResourceRequirements resources,
        @Nullable @Gate("HostnameOverride") String hostnameOverride,
        @Nullable @Gate("GenericWorkload") PodSchedulingGroup schedulingGroup) {

    public record EphemeralContainer(
            @Required String name,
            String image,
            List<String> command,
            List<String> args,
            String workingDir,
            @ListMap({"containerPort", "protocol"}) List<ContainerPort> ports,
            List<EnvFromSource> envFrom,
            @ListMap("name") List<EnvVar> env,
            ResourceRequirements resources,
            @Gate("InPlacePodVerticalScaling") List<ContainerResizePolicy> resizePolicy,
            @Nullable String restartPolicy,
            @Gate("ContainerRestartRules") List<ContainerRestartRule> restartPolicyRules,
            @ListMap("mountPath") List<VolumeMount> volumeMounts,
            @ListMap("devicePath") List<VolumeDevice> volumeDevices,
            @Nullable Probe livenessProbe,
            @Nullable Probe readinessProbe,
            @Nullable Probe startupProbe,
            @Nullable Lifecycle lifecycle,
            String terminationMessagePath,
            @OneOf({"FallbackToLogsOnError", "File"}) String terminationMessagePolicy,
            @OneOf({"Always", "IfNotPresent", "Never"}) String imagePullPolicy,
            @Nullable SecurityContext securityContext,
            boolean stdin,
            boolean stdinOnce,
            boolean tty,
            String targetContainerName) {}

    public record PodSecurityContext(
            @Nullable SELinuxOptions seLinuxOptions,
            @Nullable WindowsSecurityContextOptions windowsOptions,
            @Nullable Long runAsUser,
            @Nullable Long runAsGroup,
            @Nullable Boolean runAsNonRoot,
            List<Long> supplementalGroups,
            @Nullable @OneOf({"Merge", "Strict"}) @Gate("SupplementalGroupsPolicy")
                    String supplementalGroupsPolicy,
            @Nullable Long fsGroup,
            List<Sysctl> sysctls,
            @Nullable @OneOf({"Always", "OnRootMismatch"}) String fsGroupChangePolicy,
            @Nullable SeccompProfile seccompProfile,
            @Nullable AppArmorProfile appArmorProfile,
            @Nullable @Gate("SELinuxChangePolicy") String seLinuxChangePolicy) {}

    public record Sysctl(@Required String name, @Required String value) {}

    public record Affinity(
            @Nullable NodeAffinity nodeAffinity,
            @Nullable PodAffinity podAffinity,
            @Nullable PodAntiAffinity podAntiAffinity) {}

    public record NodeAffinity(
            @Nullable NodeSelector requiredDuringSchedulingIgnoredDuringExecution,
            List<PreferredSchedulingTerm> preferredDuringSchedulingIgnoredDuringExecution) {}

    public record PreferredSchedulingTerm(
            @Required int weight, @Required NodeSelectorTerm preference) {}

    public record PodAffinity(
            List<PodAffinityTerm> requiredDuringSchedulingIgnoredDuringExecution,
            List<WeightedPodAffinityTerm> preferredDuringSchedulingIgnoredDuringExecution) {}

    public record WeightedPodAffinityTerm(
            @Required int weight, @Required PodAffinityTerm podAffinityTerm) {}

    public record PodAntiAffinity(
            List<PodAffinityTerm> requiredDuringSchedulingIgnoredDuringExecution,
            List<WeightedPodAffinityTerm> preferredDuringSchedulingIgnoredDuringExecution) {}

    public record HostAlias(@Required String ip, List<String> hostnames) {}

    public record PodDNSConfig(
            List<String> nameservers, List<String> searches, List<PodDNSConfigOption> options) {}

    public record PodDNSConfigOption(String name, @Nullable String value) {}

    public record PodReadinessGate(@Required String conditionType) {}

    public record TopologySpreadConstraint(
            @Required int maxSkew,
            @Required String topologyKey,
            @Required @OneOf({"DoNotSchedule", "ScheduleAnyway"}) String whenUnsatisfiable,
            @Nullable LabelSelector labelSelector,
            @Nullable Integer minDomains,
            @Nullable @OneOf({"Honor", "Ignore"}) String nodeAffinityPolicy,
            @Nullable @OneOf({"Honor", "Ignore"}) String nodeTaintsPolicy,
            List<String> matchLabelKeys) {}

    public record PodOS(@Required String name) {}

    public record PodSchedulingGate(@Required String name) {}

    public record PodResourceClaim(
            @Required String name,
            @Nullable String resourceClaimName,
            @Nullable String resourceClaimTemplateName) {}

    public record PodSchedulingGroup(@Nullable String podGroupName) {}
}
