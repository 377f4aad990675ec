package io.coxswain.kubelet.runtime.cri;

import io.coxswain.kubelet.image.NodeImages;
import io.coxswain.kubelet.node.RealNode;
import io.coxswain.kubelet.runtime.ContainerRuntime;
import io.coxswain.kubelet.runtime.ContainerRuntimeContract;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

/// The contract against a containerd of this machine.
@Tag("real")
class CriRuntimeTest extends ContainerRuntimeContract {

    private static @Nullable RealNode node;

    @BeforeAll
    static void start() {
        node = new RealNode("coxcri0", "10.244.201.0/24");
    }

    @AfterAll
    static void stop() {
        node().close();
    }

    private static RealNode node() {
        if (node == null) {
            throw new IllegalStateException("not started");
        }
        return node;
    }

    @Override
    protected ContainerRuntime runtime() {
        return node().runtime;
    }

    @Override
    protected String image() {
        return NodeImages.BUSYBOX;
    }

    @Override
    protected String logRoot() {
        return node().home.resolve("logs").toString();
    }

    @Override
    protected String cgroup() {
        return node().settings.cgroups().pods();
    }

    @Override
    protected void pass(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }
}
