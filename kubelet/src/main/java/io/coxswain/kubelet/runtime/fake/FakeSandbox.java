package io.coxswain.kubelet.runtime.fake;

import io.coxswain.kubelet.runtime.Sandbox;
import io.coxswain.kubelet.runtime.SandboxConfig;
import io.coxswain.kubelet.runtime.SandboxStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A sandbox in memory, with the address it has while it is ready.
final class FakeSandbox {

    final String id;
    final SandboxConfig config;
    private final @Nullable String handler;
    private final @Nullable String ip;
    private final Instant createdAt;
    private Sandbox.State state = Sandbox.State.READY;

    FakeSandbox(
            String id,
            SandboxConfig config,
            @Nullable String handler,
            @Nullable String ip,
            Instant createdAt) {
        this.id = id;
        this.config = config;
        this.handler = handler;
        this.ip = ip;
        this.createdAt = createdAt;
    }

    Sandbox.State state() {
        return state;
    }

    void stop() {
        state = Sandbox.State.NOT_READY;
    }

    Sandbox listed() {
        return new Sandbox(
                id, config.pod(), state, createdAt, config.labels(), config.annotations(), handler);
    }

    SandboxStatus status() {
        var ips = ip == null || state != Sandbox.State.READY ? List.<String>of() : List.of(ip);
        return new SandboxStatus(listed(), ips, config.security().namespaces().network());
    }
}
