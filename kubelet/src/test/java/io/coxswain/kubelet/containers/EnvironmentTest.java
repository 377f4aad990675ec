package io.coxswain.kubelet.containers;

import static io.coxswain.kubelet.testing.Pods.container;
import static io.coxswain.kubelet.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Container;
import io.coxswain.api.core.Container.ConfigMapEnvSource;
import io.coxswain.api.core.Container.ConfigMapKeySelector;
import io.coxswain.api.core.Container.EnvFromSource;
import io.coxswain.api.core.Container.EnvVar;
import io.coxswain.api.core.Container.EnvVarSource;
import io.coxswain.api.core.Container.ObjectFieldSelector;
import io.coxswain.api.core.Container.ResourceFieldSelector;
import io.coxswain.api.core.Container.SecretKeySelector;
import io.coxswain.api.core.ResourceRequirements;
import io.coxswain.api.core.Secret;
import io.coxswain.api.core.Service;
import io.coxswain.api.core.Service.ServicePort;
import io.coxswain.api.core.Service.ServiceSpec;
import io.coxswain.api.core.Service.ServiceStatus;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.node.RuntimeClass;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.RecordType;
import io.coxswain.kubelet.pod.PodContainer;
import io.coxswain.kubelet.pod.StartFailure;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What the environment of a container is made of.
class EnvironmentTest {

    private static final NodeFacts NODE =
            new NodeFacts(
                    "node-1",
                    Path.of("/k"),
                    Path.of("/l"),
                    List.of("192.0.2.1"),
                    List.of(),
                    "cluster.local",
                    Path.of("/etc/resolv.conf"),
                    Map.of("cpu", Quantity.of(4)),
                    1L << 30);

    private static final ApiObjects OBJECTS =
            new ApiObjects() {
                @Override
                public @Nullable RuntimeClass runtimeClass(String name) {
                    return null;
                }

                @Override
                public @Nullable ConfigMap configMap(String namespace, String name) {
                    return name.equals("settings")
                            ? new ConfigMap(
                                    meta(name),
                                    null,
                                    Map.of("colour", "blue", "bad=name", "x"),
                                    Map.of())
                            : null;
                }

                @Override
                public @Nullable Secret secret(String namespace, String name) {
                    var data = Map.of("key", "s3cret".getBytes(StandardCharsets.UTF_8));
                    return name.equals("keys")
                            ? new Secret(meta(name), null, data, Map.of(), "Opaque")
                            : null;
                }

                @Override
                public List<Service> services(String namespace) {
                    var port =
                            Edit.of(ServicePort.class)
                                    .set(ServicePort::name, "http")
                                    .set(ServicePort::protocol, "TCP")
                                    .set(ServicePort::port, 80)
                                    .done();
                    var spec =
                            Edit.of(ServiceSpec.class)
                                    .set(ServiceSpec::clusterIP, "10.96.0.7")
                                    .set(ServiceSpec::ports, List.of(port))
                                    .done();
                    var none = RecordType.of(ServiceStatus.class).empty();
                    return List.of(new Service(meta("my-web"), spec, none));
                }
            };

    private static ObjectMeta meta(String name) {
        return Edit.of(ObjectMeta.class)
                .set(ObjectMeta::name, name)
                .set(ObjectMeta::namespace, "default")
                .done();
    }

    private static Map<String, String> made(UnaryOperator<Container> change) throws StartFailure {
        var subject =
                pod("web")
                        .labels(Map.of("app", "x"))
                        .container(change.apply(container("app", "run")))
                        .build();
        var own = PodContainer.regular(subject).getFirst();
        return new Environment(OBJECTS, new PodFields(NODE), new ContainerResources(NODE))
                .of(subject, own, List.of("10.244.0.2"));
    }

    private static Map<String, String> made(EnvVar... variables) throws StartFailure {
        return made(spec -> Edit.with(spec, Container::env, List.of(variables)));
    }

    private static EnvVar plain(String name, String value) {
        return new EnvVar(name, value, null);
    }

    private static EnvVarSource field(String path) {
        return new EnvVarSource(new ObjectFieldSelector("v1", path), null, null, null, null);
    }

    @Test
    void laterVariablesUseEarlierOnesAndServices() throws StartFailure {
        assertThat(made(plain("A", "1"), plain("B", "$(A)2"), plain("C", "$(MY_WEB_SERVICE_HOST)")))
                .containsEntry("B", "12")
                .containsEntry("C", "10.96.0.7")
                .containsEntry("MY_WEB_SERVICE_PORT", "80")
                .containsEntry("MY_WEB_SERVICE_PORT_HTTP", "80")
                .containsEntry("MY_WEB_PORT_80_TCP", "tcp://10.96.0.7:80")
                .containsEntry("MY_WEB_PORT_80_TCP_ADDR", "10.96.0.7");
    }

    @Test
    void aVariableOfThePodWinsOverAServices() throws StartFailure {
        assertThat(made(plain("MY_WEB_SERVICE_HOST", "mine")))
                .containsEntry("MY_WEB_SERVICE_HOST", "mine");
    }

    @Test
    void fieldsOfThePodAreTold() throws StartFailure {
        assertThat(
                        made(
                                new EnvVar("IP", "", field("status.podIP")),
                                new EnvVar("NODE", "", field("spec.nodeName")),
                                new EnvVar("HOST", "", field("status.hostIP")),
                                new EnvVar("LABEL", "", field("metadata.labels['app']"))))
                .containsEntry("IP", "10.244.0.2")
                .containsEntry("NODE", "node-1")
                .containsEntry("HOST", "192.0.2.1")
                .containsEntry("LABEL", "x");
    }

    @Test
    void anUnknownFieldIsAConfigurationError() {
        assertThatThrownBy(() -> made(new EnvVar("X", "", field("spec.secretSauce"))))
                .isInstanceOf(StartFailure.class)
                .hasMessage("unsupported fieldPath: spec.secretSauce");
    }

    @Test
    void resourcesAreDividedAndRoundedUpAndAbsentLimitsAreTheNodes() throws StartFailure {
        var limits = Map.of("memory", Quantity.parse("65Mi"));
        var variables =
                List.of(
                        resource("MEM", "limits.memory", "1Mi"),
                        resource("MEM_G", "limits.memory", "1Gi"),
                        resource("CPU", "limits.cpu", "1"),
                        resource("CPU_M", "limits.cpu", "1m"));
        var made =
                made(spec ->
                        Edit.of(spec)
                                .set(
                                        Container::resources,
                                        new ResourceRequirements(limits, Map.of(), List.of()))
                                .set(Container::env, variables)
                                .done());
        assertThat(made)
                .containsEntry("MEM", "65")
                .containsEntry("MEM_G", "1")
                .containsEntry("CPU", "4")
                .containsEntry("CPU_M", "4000");
    }

    private static EnvVar resource(String name, String resource, String divisor) {
        var selector = new ResourceFieldSelector("", resource, Quantity.parse(divisor));
        return new EnvVar(name, "", new EnvVarSource(null, selector, null, null, null));
    }

    @Test
    void keysOfConfigMapsAndSecretsAreTaken() throws StartFailure {
        assertThat(
                        made(
                                mapKey("settings", "colour", null),
                                secretKey("keys", "key", null),
                                mapKey("settings", "none", true),
                                secretKey("none", "key", true)))
                .containsEntry("settings-colour", "blue")
                .containsEntry("keys-key", "s3cret")
                .doesNotContainKeys("settings-none", "none-key");
    }

    @Test
    void whatIsMissingIsNamed() {
        assertThatThrownBy(() -> made(mapKey("none", "k", null)))
                .hasMessage("configmap \"none\" not found");
        assertThatThrownBy(() -> made(mapKey("settings", "k", null)))
                .hasMessage("couldn't find key k in ConfigMap default/settings");
        assertThatThrownBy(() -> made(secretKey("none", "k", false)))
                .hasMessage("secret \"none\" not found");
        assertThatThrownBy(() -> made(secretKey("keys", "k", null)))
                .hasMessage("couldn't find key k in Secret default/keys");
    }

    @Test
    void envFromTakesAllKeysThatAreNamesWithAPrefix() throws StartFailure {
        var from = new EnvFromSource("P_", new ConfigMapEnvSource("settings", null), null);
        assertThat(made(spec -> Edit.with(spec, Container::envFrom, List.of(from))))
                .containsEntry("P_colour", "blue")
                .doesNotContainKey("P_bad=name");
    }

    private static EnvVar mapKey(String name, String key, @Nullable Boolean optional) {
        var selector = new ConfigMapKeySelector(name, key, optional);
        return new EnvVar(name + "-" + key, "", new EnvVarSource(null, null, selector, null, null));
    }

    private static EnvVar secretKey(String name, String key, @Nullable Boolean optional) {
        var selector = new SecretKeySelector(name, key, optional);
        return new EnvVar(name + "-" + key, "", new EnvVarSource(null, null, null, selector, null));
    }
}
