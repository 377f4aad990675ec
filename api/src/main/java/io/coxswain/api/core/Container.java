package io.coxswain.api.core;

import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.Atomic;
import io.coxswain.api.schema.Default;
import io.coxswain.api.schema.Gate;
import io.coxswain.api.schema.ListMap;
import io.coxswain.api.schema.ListSet;
import io.coxswain.api.schema.OmitEmpty;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record Container(
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
        boolean tty) {

    public record ContainerPort(
            String name,
            int hostPort,
            @Required int containerPort,
            @Default("TCP") @OneOf({"SCTP", "TCP", "UDP"}) String protocol,
            String hostIP) {}

    public record EnvFromSource(
            String prefix,
            @Nullable ConfigMapEnvSource configMapRef,
            @Nullable SecretEnvSource secretRef) {}

    public record ConfigMapEnvSource(String name, @Nullable Boolean optional) {}

    public record SecretEnvSource(String name, @Nullable Boolean optional) {}

    public record EnvVar(@Required String name, String value, @Nullable EnvVarSource valueFrom) {}

    public record EnvVarSource(
            @Nullable ObjectFieldSelector fieldRef,
            @Nullable ResourceFieldSelector resourceFieldRef,
            @Nullable ConfigMapKeySelector configMapKeyRef,
            @Nullable SecretKeySelector secretKeyRef,
            @Nullable @Gate("EnvFiles") FileKeySelector fileKeyRef) {}

    @Atomic
    public record ObjectFieldSelector(String apiVersion, @Required String fieldPath) {}

    @Atomic
    public record ResourceFieldSelector(
            String containerName, @Required String resource, @Always Quantity divisor) {}

    @Atomic
    public record ConfigMapKeySelector(
            String name, @Required String key, @Nullable Boolean optional) {}

    @Atomic
    public record SecretKeySelector(
            String name, @Required String key, @Nullable Boolean optional) {}

    @Atomic
    public record FileKeySelector(
            @Required String volumeName,
            @Required String path,
            @Required String key,
            @Nullable Boolean optional) {}

    public record ContainerResizePolicy(
            @Required String resourceName, @Required String restartPolicy) {}

    public record ContainerRestartRule(
            @Required @OmitEmpty String action,
            @Nullable ContainerRestartRuleOnExitCodes exitCodes) {}

    public record ContainerRestartRuleOnExitCodes(
            @Required @OmitEmpty String operator, @ListSet List<Integer> values) {}

    public record VolumeMount(
            @Required String name,
            boolean readOnly,
            @Nullable String recursiveReadOnly,
            @Required String mountPath,
            String subPath,
            @Nullable @OneOf({"Bidirectional", "HostToContainer", "None"}) String mountPropagation,
            String subPathExpr) {}

    public record VolumeDevice(@Required String name, @Required String devicePath) {}
}
