package io.coxswain.apiserver.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.api.proto.Envelope;
import io.coxswain.storage.Draft;
import io.coxswain.storage.Key;
import io.coxswain.storage.Layout;
import io.kubernetes.client.proto.Meta.ObjectMeta;
import io.kubernetes.client.proto.Runtime.TypeMeta;
import io.kubernetes.client.proto.Runtime.Unknown;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Autoscaling;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Values as `kube-apiserver` has them in etcd, made with the messages that Kubernetes publishes.
class UpstreamLayoutTest {

    private static final Key POD = new Key("pods", "default", "web");
    private static final Key WIDGET = new Key("widgets.example.com", "default", "w");

    private final Layout layout = UpstreamLayout.protobuf();

    private static byte[] upstream(String apiVersion, String kind, Message message) {
        var unknown =
                Unknown.newBuilder()
                        .setTypeMeta(TypeMeta.newBuilder().setApiVersion(apiVersion).setKind(kind))
                        .setRaw(message.toByteString())
                        .setContentEncoding("")
                        .setContentType("")
                        .build();
        var out = new ByteArrayOutputStream();
        out.writeBytes("k8s\0".getBytes(StandardCharsets.UTF_8));
        out.writeBytes(unknown.toByteArray());
        return out.toByteArray();
    }

    private static V1.Pod pod() {
        return V1.Pod.newBuilder()
                .setMetadata(
                        ObjectMeta.newBuilder()
                                .setName("web")
                                .setNamespace("default")
                                .setUid("u-1")
                                .putLabels("app", "web"))
                .setSpec(
                        V1.PodSpec.newBuilder()
                                .setNodeName("n1")
                                .addContainers(
                                        V1.Container.newBuilder()
                                                .setName("c")
                                                .setImage("localhost/web")))
                .setStatus(V1.PodStatus.newBuilder().setPhase("Running"))
                .build();
    }

    private static Json.Obj json(Draft draft) {
        return JsonReader.readObject(draft.at(42));
    }

    @Test
    void readsWhatUpstreamWroteInProtobuf() {
        var draft = layout.draft(POD, upstream("v1", "Pod", pod()));

        var json = json(draft);
        assertThat(json.text("kind")).isEqualTo("Pod");
        assertThat(json.object("metadata").text("resourceVersion")).isEqualTo("42");
        assertThat(json.object("spec").text("nodeName")).isEqualTo("n1");
        assertThat(draft.header().uid()).isEqualTo("u-1");
        assertThat(draft.header().labels()).isEqualTo(Map.of("app", "web"));
        assertThat(draft.header().fields())
                .containsEntry("spec.nodeName", "n1")
                .containsEntry("status.phase", "Running");
    }

    @Test
    void upstreamReadsWhatWasWrittenHere() throws Exception {
        var draft = layout.draft(POD, upstream("v1", "Pod", pod()));

        var value = layout.value(POD, draft);

        var unknown = Unknown.parseFrom(ByteString.copyFrom(value).substring(4));
        assertThat(unknown.getTypeMeta().getApiVersion()).isEqualTo("v1");
        assertThat(unknown.getTypeMeta().getKind()).isEqualTo("Pod");
        var read = V1.Pod.parseFrom(unknown.getRaw());
        assertThat(read.getSpec().getContainers(0).getImage()).isEqualTo("localhost/web");
        assertThat(read.getMetadata().getLabelsMap()).isEqualTo(Map.of("app", "web"));
        assertThat(read.getMetadata().getResourceVersion()).isEmpty();
    }

    @Test
    void whatIsReadAndWrittenAgainStaysTheSame() {
        var first = layout.draft(POD, upstream("v1", "Pod", pod()));
        var value = layout.value(POD, first);

        var again = layout.draft(POD, value);

        assertThat(again.bytes()).isEqualTo(first.bytes());
        assertThat(again.gap()).isEqualTo(first.gap());
        assertThat(again.header()).isEqualTo(first.header());
        assertThat(layout.value(POD, again)).isEqualTo(value);
    }

    @Test
    void readsAnotherVersionAsTheStoredOne() {
        var key = new Key("horizontalpodautoscalers.autoscaling", "default", "web");
        var message =
                V1Autoscaling.HorizontalPodAutoscaler.newBuilder()
                        .setMetadata(ObjectMeta.newBuilder().setName("web"))
                        .setSpec(
                                V1Autoscaling.HorizontalPodAutoscalerSpec.newBuilder()
                                        .setMaxReplicas(7)
                                        .setTargetCPUUtilizationPercentage(80))
                        .build();

        var value = upstream("autoscaling/v1", "HorizontalPodAutoscaler", message);

        var json = json(layout.draft(key, value));
        assertThat(json.text("apiVersion")).isEqualTo("autoscaling/v2");
        assertThat(json.object("spec").get("maxReplicas")).isEqualTo(Json.of(7));
        assertThat(json.object("spec").get("metrics")).isNotNull();
    }

    @Test
    void readsAndWritesJson() {
        var text =
                """
                {"kind":"Pod","apiVersion":"v1","metadata":{"name":"web","namespace":"default",
                 "uid":"u-1","creationTimestamp":null},"spec":{"containers":[]},"status":{}}
                """;

        var draft = layout.draft(POD, text.getBytes(StandardCharsets.UTF_8));

        assertThat(json(draft).object("metadata").text("uid")).isEqualTo("u-1");
        var written = UpstreamLayout.json().value(POD, draft);
        assertThat(JsonReader.readObject(written).object("metadata").get("resourceVersion"))
                .isNull();
        assertThat(Envelope.looksLike(written)).isFalse();
        assertThat(layout.draft(POD, written).bytes()).isEqualTo(draft.bytes());
    }

    @Test
    void customObjectsAreJson() {
        var definition =
                """
                {"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1",
                 "metadata":{"name":"widgets.example.com"},
                 "spec":{"group":"example.com","names":{"plural":"widgets","kind":"Widget"},
                  "scope":"Namespaced","versions":[{"name":"v1","served":true,"storage":true,
                   "selectableFields":[{"jsonPath":".spec.color"}]}]}}
                """;
        var widget =
                """
                {"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w","uid":"u-2",
                 "ownerReferences":[{"uid":"o-1"}]},"spec":{"color":"red"}}
                """;
        layout.draft(
                new Key(
                        "customresourcedefinitions.apiextensions.k8s.io",
                        "",
                        "widgets.example.com"),
                definition.getBytes(StandardCharsets.UTF_8));

        var draft = layout.draft(WIDGET, widget.getBytes(StandardCharsets.UTF_8));

        assertThat(draft.header().uid()).isEqualTo("u-2");
        assertThat(draft.header().owners()).containsExactly("o-1");
        assertThat(draft.header().fields()).isEqualTo(Map.of("spec.color", "red"));
        assertThat(json(draft).object("metadata").text("resourceVersion")).isEqualTo("42");
        assertThat(JsonReader.readObject(layout.value(WIDGET, draft)))
                .isEqualTo(JsonReader.readObject(widget.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "pods, default, web, pods/default/web",
        "namespaces, '', default, namespaces/default",
        "services, default, web, services/specs/default/web",
        "endpoints, default, web, services/endpoints/default/web",
        "nodes, '', n1, minions/n1",
        "replicationcontrollers, a, b, controllers/a/b",
        "deployments.apps, a, b, deployments/a/b",
        "events, a, b, events/a/b",
        "leases.coordination.k8s.io, kube-node-lease, n1, leases/kube-node-lease/n1",
        "clusterroles.rbac.authorization.k8s.io, '', system:node, clusterroles/system:node",
        "ingresses.networking.k8s.io, a, b, ingress/a/b",
        "apiservices.apiregistration.k8s.io, '', v1., apiregistration.k8s.io/apiservices/v1.",
        "widgets.example.com, a, b, example.com/widgets/a/b",
        "widgets.example.com, '', b, example.com/widgets/b",
        "nodeports, '', tcp-30080, coxswain/nodeports/tcp-30080",
        "masterleases, '', 192.0.2.1, masterleases/192.0.2.1"
    })
    void keysAreWhereUpstreamHasThem(String resource, String namespace, String name, String path) {
        var key = new Key(resource, namespace, name);

        assertThat(layout.path(key)).isEqualTo(path);
        assertThat(layout.key(path)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({
        "ranges/serviceips",
        "coxswain/marker",
        "health",
        "pods/a/b/c",
        "pods/a/",
        "pods//b",
        "''"
    })
    void whatIsNoObjectHasNoKey(String path) {
        assertThat(layout.key(path)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"''", "?", "k8s", "{}}", "[1]", "'{\"kind\":'"})
    void whatCannotBeReadIsSaidSo(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);

        assertThatThrownBy(() -> layout.draft(POD, bytes))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> layout.draft(WIDGET, bytes))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
