package io.coxswain.kubelet.runtime.fake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.base.ManualClock;
import io.coxswain.kubelet.runtime.ContainerConfig;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.ContainerRuntimeContract;
import io.coxswain.kubelet.runtime.ContainerRuntimeException;
import io.coxswain.kubelet.runtime.ContainerRuntimeException.Reason;
import io.coxswain.kubelet.runtime.PodIdentity;
import io.coxswain.kubelet.runtime.SandboxConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FakeRuntimeTest extends ContainerRuntimeContract {

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final FakeRuntime runtime = new FakeRuntime(clock);

    FakeRuntimeTest() {
        runtime.images().add(image());
    }

    @Override
    protected ContainerRuntime runtime() {
        return runtime;
    }

    @Override
    protected String image() {
        return "localhost/coxswain/busybox:1";
    }

    @Override
    protected String logRoot() {
        return "/var/log/pods";
    }

    @Override
    protected String cgroup() {
        return "/kubepods";
    }

    @Override
    protected void pass(Duration time) {
        clock.advance(time);
    }

    @Test
    void theClockEndsAContainerAtTheVeryMomentItsCommandEnds() {
        var id = started(List.of("sh", "-c", "echo hi; sleep 60; exit 2"));

        var end = clock.now().plusSeconds(60);
        clock.advance(Duration.ofHours(1));

        var status = runtime.containerStatus(id);
        assertThat(status.finishedAt()).isEqualTo(end);
        assertThat(status.exitCode()).isEqualTo(2);
        assertThat(runtime.output(id)).isEqualTo("hi\n");
    }

    @Test
    void aTestCanEndAContainer() {
        var id = started(List.of());

        runtime.exit(id, 137, "OOMKilled");

        assertThat(runtime.containerStatus(id).reason()).isEqualTo("OOMKilled");
    }

    @Test
    void aTestCanMakeTheNextCallFail() {
        runtime.failNext(new ContainerRuntimeException(Reason.UNAVAILABLE, "gone"));

        assertThatThrownBy(() -> started(List.of())).hasMessage("gone");
        assertThat(started(List.of())).isNotEmpty();
    }

    @Test
    void aRefusedImageCannotBePulledUntilItIsOffered() {
        runtime.images().refuse("nginx:1", Reason.IMAGE_PULL);

        assertThatThrownBy(() -> runtime.images().pull("nginx:1", null, null))
                .isInstanceOf(ContainerRuntimeException.class);
        runtime.images().offer("nginx:1");

        assertThat(runtime.images().pull("nginx:1", null, null)).startsWith("sha256:");
        assertThat(runtime.images().pulled()).containsExactly("nginx:1", "nginx:1");
    }

    private String started(List<String> command) {
        var pod = SandboxConfig.of(new PodIdentity("p", "default", "u", 0));
        var sandbox = runtime.runSandbox(pod, null);
        var id = runtime.createContainer(sandbox, ContainerConfig.of("c", image(), command), pod);
        runtime.start(id);
        return id;
    }
}
