package io.coxswain.apiserver.admission;

import io.coxswain.api.codec.RecordReader;
import io.coxswain.api.core.Container;
import io.coxswain.api.core.Container.VolumeMount;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.core.Volume;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.admission.AdmissionRequest.Operation;
import io.coxswain.apiserver.admission.nodes.MirrorPods;
import io.coxswain.base.Clock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Every pod runs as a service account, and finds a token, the cluster's certificate authority and
/// its namespace under `/var/run/secrets/kubernetes.io/serviceaccount`.
record ServiceAccountAdmission(Objects objects, Clock clock) implements AdmissionPlugin {

    private static final String DEFAULT = "default";
    private static final int DEFAULT_ATTEMPTS = 10;
    private static final Duration RETRY = Duration.ofMillis(100);
    private static final String MOUNT_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final String PREFIX = "kube-api-access-";
    private static final String MIRROR = "kubernetes.io/config.mirror";

    /// The projected volume upstream's plugin adds, without its name.
    private static final Volume SOURCES =
            RecordReader.read(
                    Volume.class,
                    """
                    {"name":"","projected":{"defaultMode":420,"sources":[
                      {"serviceAccountToken":{"expirationSeconds":3607,"path":"token"}},
                      {"configMap":{"name":"kube-root-ca.crt",
                        "items":[{"key":"ca.crt","path":"ca.crt"}]}},
                      {"downwardAPI":{"items":[{"path":"namespace",
                        "fieldRef":{"apiVersion":"v1","fieldPath":"metadata.namespace"}}]}}]}}
                    """
                            .getBytes(StandardCharsets.UTF_8));

    @Override
    @SuppressWarnings("unchecked")
    public <T> T mutate(AdmissionRequest<T> request, T object) {
        if (!request.creates("pods")
                || !(object instanceof Pod pod)
                || pod.metadata().annotations().containsKey(MIRROR)) {
            return object;
        }
        var spec = pod.spec();
        var name = spec.serviceAccountName().isEmpty() ? DEFAULT : spec.serviceAccountName();
        var account = account(request.namespace(), name);
        if (account == null) {
            throw Errors.forbidden(
                    "",
                    "pods",
                    pod.name(),
                    "error looking up service account "
                            + request.namespace()
                            + "/"
                            + name
                            + ": serviceaccount \""
                            + name
                            + "\" not found");
        }
        var named =
                Edit.of(spec)
                        .set(PodSpec::serviceAccountName, name)
                        .set(PodSpec::serviceAccount, name)
                        .change(
                                PodSpec::imagePullSecrets,
                                own -> own.isEmpty() ? account.imagePullSecrets() : own)
                        .done();
        return (T)
                Edit.with(pod, Pod::spec, mounts(spec, account) ? mounted(request, named) : named);
    }

    @Override
    public <T> void validate(AdmissionRequest<T> request, T object) {
        var debugs =
                request.operation() == Operation.UPDATE
                        && request.subresource().equals("ephemeralcontainers");
        if (!(request.creates("pods") || (debugs && is(request))) || !(object instanceof Pod pod)) {
            return;
        }
        if (pod.metadata().annotations().containsKey(MIRROR)) {
            mirror(request, pod);
            return;
        }
        var account =
                objects.find(
                        ServiceAccount.class, request.namespace(), pod.spec().serviceAccountName());
        var problem = account == null ? "" : MountableSecrets.problem(pod.spec(), account);
        if (!problem.isEmpty()) {
            throw request.forbidden(problem);
        }
    }

    private static boolean is(AdmissionRequest<?> request) {
        return request.kind().groupResource().equals("pods");
    }

    /// What a node runs from a file is nobody's account.
    private static void mirror(AdmissionRequest<?> request, Pod pod) {
        if (!pod.spec().serviceAccountName().isEmpty()) {
            throw request.forbidden("a mirror pod may not reference service accounts");
        }
        if (MirrorPods.referenced(pod).equals("secrets")) {
            throw request.forbidden("a mirror pod may not reference secrets");
        }
    }

    /// A pod that comes right after its namespace may be ahead of the controller that makes the
    /// namespace's default account.
    private @Nullable ServiceAccount account(String namespace, String name) {
        var account = objects.find(ServiceAccount.class, namespace, name);
        var attempts = name.equals(DEFAULT) ? DEFAULT_ATTEMPTS : 1;
        while (account == null && --attempts > 0) {
            clock.pause(RETRY);
            account = objects.find(ServiceAccount.class, namespace, name);
        }
        return account;
    }

    private static boolean mounts(PodSpec spec, ServiceAccount account) {
        var pod = spec.automountServiceAccountToken();
        if (pod != null) {
            return pod;
        }
        return !Boolean.FALSE.equals(account.automountServiceAccountToken());
    }

    private static PodSpec mounted(AdmissionRequest<?> request, PodSpec spec) {
        var existing =
                spec.volumes().stream()
                        .filter(volume -> volume.name().startsWith(PREFIX))
                        .map(Volume::name)
                        .findFirst();
        var name = existing.orElse(PREFIX + suffix(request));
        var volumes = new ArrayList<>(spec.volumes());
        var containers = mounts(spec.containers(), name);
        var initContainers = mounts(spec.initContainers(), name);
        if (Stream.of(spec.containers(), spec.initContainers())
                .flatMap(List::stream)
                .allMatch(ServiceAccountAdmission::mounted)) {
            return spec;
        }
        if (existing.isEmpty()) {
            volumes.add(Edit.with(SOURCES, Volume::name, name));
        }
        return Edit.of(spec)
                .set(PodSpec::volumes, volumes)
                .set(PodSpec::containers, containers)
                .set(PodSpec::initContainers, initContainers)
                .done();
    }

    private static List<Container> mounts(List<Container> containers, String volume) {
        return Edit.each(containers, container -> mount(container, volume));
    }

    private static Container mount(Container container, String volume) {
        var mounts = container.volumeMounts();
        if (mounted(container)) {
            return container;
        }
        var all = new ArrayList<>(mounts);
        all.add(
                Edit.of(VolumeMount.class)
                        .set(VolumeMount::name, volume)
                        .set(VolumeMount::readOnly, true)
                        .set(VolumeMount::mountPath, MOUNT_PATH)
                        .done());
        return Edit.with(container, Container::volumeMounts, all);
    }

    private static boolean mounted(Container container) {
        return container.volumeMounts().stream()
                .anyMatch(mount -> mount.mountPath().equals(MOUNT_PATH));
    }

    /// Five characters that differ from pod to pod, taken from its name's hash.
    private static String suffix(AdmissionRequest<?> request) {
        var alphabet = "bcdfghjklmnpqrstvwxz2456789";
        var text = new StringBuilder();
        var hash = Integer.toUnsignedLong((request.namespace() + "/" + request.name()).hashCode());
        for (var i = 0; i < 5; i++) {
            text.append(alphabet.charAt((int) (hash % alphabet.length())));
            hash /= alphabet.length();
        }
        return text.toString();
    }
}
