package io.coxswain.kubelet.runtime.cri;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.kubelet.runtime.ContainerConfig;
import io.coxswain.kubelet.runtime.ContainerRuntimeException.Reason;
import io.coxswain.kubelet.runtime.Mount;
import io.coxswain.kubelet.runtime.Namespaces;
import io.coxswain.kubelet.runtime.PodIdentity;
import io.coxswain.kubelet.runtime.SandboxConfig;
import io.coxswain.kubelet.runtime.cri.v1.Cri;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MessagesTest {

    @Test
    void aSandboxHasItsOwnProcessNamespaceByDefault() {
        var message = Requests.sandbox(SandboxConfig.of(new PodIdentity("p", "ns", "uid", 2)));

        assertThat(message.getMetadata().getAttempt()).isEqualTo(2);
        assertThat(message.getMetadata().getUid()).isEqualTo("uid");
        var namespaces = message.getLinux().getSecurityContext().getNamespaceOptions();
        assertThat(namespaces.getPid()).isEqualTo(Cri.NamespaceMode.CONTAINER);
        assertThat(namespaces.getNetwork()).isEqualTo(Cri.NamespaceMode.POD);
        assertThat(message.getLinux().getSecurityContext().hasSeccomp()).isFalse();
        assertThat(message.hasDnsConfig()).isFalse();
    }

    @Test
    void aContainerLeavesOutWhatIsAbsent() {
        var config = ContainerConfig.of("c", "image:1", List.of("sh"));

        var message = Requests.container(config);

        assertThat(message.getLinux().getSecurityContext().hasRunAsUser()).isFalse();
        assertThat(message.getLinux().getResources().getCpuShares()).isZero();
        assertThat(message.getStopSignal()).isZero();
        assertThat(message.getImage().getImage()).isEqualTo("image:1");
    }

    @Test
    void aStatusIsReadWithAbsentThingsAsNull() {
        var status =
                Replies.containerStatus(
                        Cri.ContainerStatus.newBuilder()
                                .setId("c1")
                                .setState(Cri.ContainerState.CONTAINER_RUNNING)
                                .setCreatedAt(1_500_000_000_000_000_001L)
                                .addMounts(Cri.Mount.newBuilder().setContainerPath("/a"))
                                .build());

        assertThat(status.createdAt()).isEqualTo(Instant.ofEpochSecond(1_500_000_000, 1));
        assertThat(status.startedAt()).isNull();
        assertThat(status.logPath()).isNull();
        assertThat(status.user()).isNull();
        assertThat(status.mounts().getFirst().propagation()).isEqualTo(Mount.Propagation.PRIVATE);
    }

    @Test
    void aSandboxListsItsPrimaryAddressFirst() {
        var status =
                Replies.sandboxStatus(
                        Cri.PodSandboxStatus.newBuilder()
                                .setNetwork(
                                        Cri.PodSandboxNetworkStatus.newBuilder()
                                                .setIp("10.0.0.2")
                                                .addAdditionalIps(
                                                        Cri.PodIP.newBuilder().setIp("fd00::2")))
                                .build());

        assertThat(status.ips()).containsExactly("10.0.0.2", "fd00::2");
        assertThat(status.network()).isEqualTo(Namespaces.Mode.POD);
    }

    @Test
    void signalsHaveTheirPlaceInTheInterfacesList() {
        assertThat(Signals.number(null)).isZero();
        assertThat(Signals.number("SIGABRT")).isEqualTo(1);
        assertThat(Signals.number("SIGTERM")).isEqualTo(23);
        assertThat(Signals.number("SIGXFSZ")).isEqualTo(34);
        assertThat(Signals.number("SIGRTMIN+1")).isEqualTo(36);
        assertThat(Signals.number("SIGRTMAX")).isEqualTo(65);
        assertThat(Signals.number("SIGNONE")).isZero();
    }

    @Test
    void failuresAreSortedByCodeAndWhereThereIsNoneByTheirWords() {
        assertReason(Status.NOT_FOUND, "x", Reason.NOT_FOUND);
        assertReason(Status.UNAVAILABLE, "x", Reason.UNAVAILABLE);
        assertReason(Status.UNKNOWN, "name \"a\" is reserved for \"b\"", Reason.ALREADY_EXISTS);
        assertReason(Status.UNKNOWN, "container is in CONTAINER_EXITED state", Reason.WRONG_STATE);
        assertReason(Status.UNKNOWN, "whatever", Reason.FAILED);
        assertReason(Status.UNKNOWN.withDescription(null), null, Reason.FAILED);
    }

    @Test
    void aFailedPullIsTheRegistrysDoing() {
        var refused = Status.UNKNOWN.withDescription("unexpected status: 401 Unauthorized");
        var absent = Status.UNKNOWN.withDescription("dial tcp: no such host");

        assertThat(Failures.ofPull(refused.asRuntimeException()).reason())
                .isEqualTo(Reason.UNAUTHORIZED);
        assertThat(Failures.ofPull(absent.asRuntimeException()).reason())
                .isEqualTo(Reason.IMAGE_PULL);
    }

    @Test
    void aSocketWhereNobodyListensIsUnavailable() {
        try (var runtime = CriRuntime.at(Path.of("/nonexistent/cri.sock"))) {
            Assertions.assertThatThrownBy(runtime::version)
                    .extracting("reason")
                    .isEqualTo(Reason.UNAVAILABLE);
        }
    }

    private static void assertReason(Status status, @Nullable String words, Reason reason) {
        var failure = status.withDescription(words).asRuntimeException();
        assertThat(Failures.of(failure).reason()).isEqualTo(reason);
    }
}
