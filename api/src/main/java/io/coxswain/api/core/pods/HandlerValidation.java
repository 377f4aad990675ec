package io.coxswain.api.core.pods;

import io.coxswain.api.core.Lifecycle.LifecycleHandler;
import io.coxswain.api.core.Lifecycle.SleepAction;
import io.coxswain.api.core.Probe;
import io.coxswain.api.core.Probe.ExecAction;
import io.coxswain.api.core.Probe.GRPCAction;
import io.coxswain.api.core.Probe.HTTPGetAction;
import io.coxswain.api.core.Probe.TCPSocketAction;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The rules of probes and lifecycle hooks: one way to act, and sensible numbers.
final class HandlerValidation {

    private final FieldErrors errors;
    private int handlers;

    private HandlerValidation(FieldErrors errors) {
        this.errors = errors;
    }

    static void check(@Nullable LifecycleHandler hook, @Nullable Long grace, FieldErrors errors) {
        if (hook == null) {
            return;
        }
        var validation = new HandlerValidation(errors);
        validation.exec(hook.exec());
        validation.http(hook.httpGet());
        validation.tcp(hook.tcpSocket());
        validation.sleep(hook.sleep(), grace == null ? 0 : grace);
        validation.oneAtLeast();
    }

    /// A probe that succeeds once and for all.
    static void once(@Nullable Probe probe, FieldErrors errors) {
        check(probe, errors);
        if (probe != null && probe.successThreshold() != 1) {
            errors.at("successThreshold").invalid(probe.successThreshold(), "must be 1");
        }
    }

    static void readiness(@Nullable Probe probe, FieldErrors errors) {
        check(probe, errors);
        if (probe != null && probe.terminationGracePeriodSeconds() != null) {
            errors.at("terminationGracePeriodSeconds")
                    .invalid(
                            probe.terminationGracePeriodSeconds(),
                            "must not be set for readinessProbes");
        }
    }

    private static void check(@Nullable Probe probe, FieldErrors errors) {
        if (probe == null) {
            return;
        }
        var validation = new HandlerValidation(errors);
        validation.exec(probe.exec());
        validation.http(probe.httpGet());
        validation.tcp(probe.tcpSocket());
        validation.grpc(probe.grpc());
        validation.oneAtLeast();
        Values.nonNegative(probe.initialDelaySeconds(), errors.at("initialDelaySeconds"));
        Values.nonNegative(probe.timeoutSeconds(), errors.at("timeoutSeconds"));
        Values.nonNegative(probe.periodSeconds(), errors.at("periodSeconds"));
        Values.nonNegative(probe.successThreshold(), errors.at("successThreshold"));
        Values.nonNegative(probe.failureThreshold(), errors.at("failureThreshold"));
        var grace = probe.terminationGracePeriodSeconds();
        if (grace != null && grace <= 0) {
            errors.at("terminationGracePeriodSeconds").invalid(grace, "must be greater than 0");
        }
    }

    private void exec(@Nullable ExecAction exec) {
        if (exec != null && first("exec") && exec.command().isEmpty()) {
            errors.at("exec").at("command").required("");
        }
    }

    private void http(@Nullable HTTPGetAction get) {
        if (get == null || !first("httpGet")) {
            return;
        }
        var at = errors.at("httpGet");
        Values.required(get.path(), at.at("path"));
        Values.portOrName(get.port(), at.at("port"));
        Values.oneOf(get.scheme(), List.of("HTTP", "HTTPS"), at.at("scheme"));
        for (var header : get.httpHeaders()) {
            at.at("httpHeaders").invalid(header.name(), Names.httpHeader(header.name()));
        }
    }

    private void tcp(@Nullable TCPSocketAction tcp) {
        if (tcp != null && first("tcpSocket")) {
            Values.portOrName(tcp.port(), errors.at("tcpSocket").at("port"));
        }
    }

    private void grpc(@Nullable GRPCAction grpc) {
        if (grpc != null && first("grpc")) {
            Values.port(grpc.port(), errors.at("grpc").at("port"));
        }
    }

    private void sleep(@Nullable SleepAction sleep, long grace) {
        if (sleep != null && first("sleep") && (sleep.seconds() < 0 || sleep.seconds() > grace)) {
            errors.at("sleep")
                    .invalid(
                            sleep.seconds(),
                            "must be non-negative and less than terminationGracePeriodSeconds ("
                                    + grace
                                    + ")");
        }
    }

    private boolean first(String handler) {
        handlers++;
        if (handlers > 1) {
            errors.at(handler).forbidden("may not specify more than 1 handler type");
        }
        return handlers == 1;
    }

    private void oneAtLeast() {
        if (handlers == 0) {
            errors.required("must specify a handler type");
        }
    }
}
