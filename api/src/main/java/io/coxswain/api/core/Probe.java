package io.coxswain.api.core;

import io.coxswain.api.schema.Always;
import io.coxswain.api.schema.IntOrString;
import io.coxswain.api.schema.OneOf;
import io.coxswain.api.schema.Required;
import java.util.List;
import org.jspecify.annotations.Nullable;

public record Probe(
        @Nullable ExecAction exec,
        @Nullable HTTPGetAction httpGet,
        @Nullable TCPSocketAction tcpSocket,
        @Nullable GRPCAction grpc,
        int initialDelaySeconds,
        int timeoutSeconds,
        int periodSeconds,
        int successThreshold,
        int failureThreshold,
        @Nullable Long terminationGracePeriodSeconds) {

    public record ExecAction(List<String> command) {}

    public record HTTPGetAction(
            String path,
            @Required IntOrString port,
            String host,
            @OneOf({"HTTP", "HTTPS"}) String scheme,
            List<HTTPHeader> httpHeaders) {}

    public record HTTPHeader(@Required String name, @Required String value) {}

    public record TCPSocketAction(@Required IntOrString port, String host) {}

    public record GRPCAction(@Required int port, @Nullable @Always String service) {}
}
