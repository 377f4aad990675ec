package io.coxswain.api.core;

import io.coxswain.api.core.Probe.ExecAction;
import io.coxswain.api.core.Probe.HTTPGetAction;
import io.coxswain.api.core.Probe.TCPSocketAction;
import io.coxswain.api.schema.Required;
import org.jspecify.annotations.Nullable;

public record Lifecycle(
        @Nullable LifecycleHandler postStart,
        @Nullable LifecycleHandler preStop,
        @Nullable @StopSignal String stopSignal) {

    public record LifecycleHandler(
            @Nullable ExecAction exec,
            @Nullable HTTPGetAction httpGet,
            @Nullable TCPSocketAction tcpSocket,
            @Nullable SleepAction sleep) {}

    public record SleepAction(@Required long seconds) {}
}
