package io.coxswain.api.core.pods;

import io.coxswain.api.core.Container;
import io.coxswain.api.core.Container.ContainerPort;
import io.coxswain.api.core.Container.EnvVar;
import io.coxswain.api.core.Container.EnvVarSource;
import io.coxswain.api.core.Container.ObjectFieldSelector;
import io.coxswain.api.core.Lifecycle;
import io.coxswain.api.core.Lifecycle.LifecycleHandler;
import io.coxswain.api.core.Probe;
import io.coxswain.api.core.Probe.GRPCAction;
import io.coxswain.api.core.Probe.HTTPGetAction;
import io.coxswain.api.schema.Edit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The defaults of one container: where it leaves its last words, when its image is pulled, how
/// often it is probed.
final class ContainerDefaults {

    private static final Pattern IMAGE =
            Pattern.compile(
                    "(?<name>[a-zA-Z0-9.\\-]+(?::\\d+)?(?:/[a-z0-9]+(?:[._\\-]+[a-z0-9]+)*)+"
                            + "|[a-z0-9]+(?:[._\\-]+[a-z0-9]+)*)"
                            + "(?::(?<tag>\\w[\\w.\\-]{0,127}))?"
                            + "(?:@(?<digest>[A-Za-z]\\w*(?:[-_+.][A-Za-z]\\w*)*:"
                            + "[0-9a-fA-F]{32,}))?");

    private ContainerDefaults() {}

    static Container of(Container container) {
        var edit = Edit.of(container);
        if (container.imagePullPolicy().isEmpty()) {
            edit.set(Container::imagePullPolicy, pullPolicy(container.image()));
        }
        if (container.terminationMessagePath().isEmpty()) {
            edit.set(Container::terminationMessagePath, "/dev/termination-log");
        }
        if (container.terminationMessagePolicy().isEmpty()) {
            edit.set(Container::terminationMessagePolicy, "File");
        }
        return edit.set(Container::resources, PodDefaults.rounded(container.resources()))
                .set(Container::ports, Edit.each(container.ports(), ContainerDefaults::port))
                .set(Container::env, Edit.each(container.env(), ContainerDefaults::variable))
                .set(Container::livenessProbe, probe(container.livenessProbe()))
                .set(Container::readinessProbe, probe(container.readinessProbe()))
                .set(Container::startupProbe, probe(container.startupProbe()))
                .set(Container::lifecycle, lifecycle(container.lifecycle()))
                .done();
    }

    /// `latest`, named or meant, can change at any time, so it is pulled every time.
    static String pullPolicy(String image) {
        var parts = IMAGE.matcher(image);
        if (!parts.matches()) {
            return "IfNotPresent";
        }
        var tag = parts.group("tag");
        var latest = tag == null ? parts.group("digest") == null : tag.equals("latest");
        return latest ? "Always" : "IfNotPresent";
    }

    static ContainerPort hostPort(ContainerPort port) {
        return port.hostPort() == 0
                ? Edit.with(port, ContainerPort::hostPort, port.containerPort())
                : port;
    }

    /// The API version that a field path is meant for.
    static @Nullable ObjectFieldSelector field(@Nullable ObjectFieldSelector field) {
        return field != null && field.apiVersion().isEmpty()
                ? new ObjectFieldSelector("v1", field.fieldPath())
                : field;
    }

    private static ContainerPort port(ContainerPort port) {
        return port.protocol().isEmpty() ? Edit.with(port, ContainerPort::protocol, "TCP") : port;
    }

    private static EnvVar variable(EnvVar variable) {
        var source = variable.valueFrom();
        if (source == null || source.fieldRef() == null) {
            return variable;
        }
        return Edit.with(
                variable,
                EnvVar::valueFrom,
                Edit.with(source, EnvVarSource::fieldRef, field(source.fieldRef())));
    }

    private static @Nullable Probe probe(@Nullable Probe probe) {
        if (probe == null) {
            return null;
        }
        return Edit.of(probe)
                .set(Probe::httpGet, http(probe.httpGet()))
                .set(Probe::grpc, grpc(probe.grpc()))
                .set(Probe::timeoutSeconds, orElse(probe.timeoutSeconds(), 1))
                .set(Probe::periodSeconds, orElse(probe.periodSeconds(), 10))
                .set(Probe::successThreshold, orElse(probe.successThreshold(), 1))
                .set(Probe::failureThreshold, orElse(probe.failureThreshold(), 3))
                .done();
    }

    private static @Nullable Lifecycle lifecycle(@Nullable Lifecycle lifecycle) {
        if (lifecycle == null) {
            return null;
        }
        return Edit.of(lifecycle)
                .set(Lifecycle::postStart, handler(lifecycle.postStart()))
                .set(Lifecycle::preStop, handler(lifecycle.preStop()))
                .done();
    }

    private static @Nullable LifecycleHandler handler(@Nullable LifecycleHandler handler) {
        return handler == null
                ? null
                : Edit.with(handler, LifecycleHandler::httpGet, http(handler.httpGet()));
    }

    private static @Nullable HTTPGetAction http(@Nullable HTTPGetAction get) {
        if (get == null) {
            return null;
        }
        return Edit.of(get)
                .set(HTTPGetAction::path, get.path().isEmpty() ? "/" : get.path())
                .set(HTTPGetAction::scheme, get.scheme().isEmpty() ? "HTTP" : get.scheme())
                .done();
    }

    private static @Nullable GRPCAction grpc(@Nullable GRPCAction grpc) {
        return grpc == null || grpc.service() != null ? grpc : new GRPCAction(grpc.port(), "");
    }

    private static int orElse(int value, int fallback) {
        return value == 0 ? fallback : value;
    }
}
