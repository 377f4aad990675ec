package io.coxswain.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.json.Json;
import io.coxswain.apiserver.admission.AdmissionSettings;
import io.coxswain.apiserver.config.StandInServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Admission plugins that are off until somebody wants them, and one that can be turned off.
class OptionalAdmissionTest {

    private static final String PODS = "/api/v1/namespaces/default/pods";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1";

    @TempDir Path folder;
    private @Nullable TestServer server;

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    private TestServer.Caller with(String plugin) {
        return start(AdmissionSettings.of(List.of(plugin), List.of(), "")).admin();
    }

    private TestServer.Caller with(String plugin, String configuration) {
        return start(AdmissionSettings.of(List.of(plugin), List.of(), file(plugin, configuration)))
                .admin();
    }

    private String file(String plugin, String configuration) {
        try {
            Files.writeString(folder.resolve("plugin.yaml"), configuration);
            return Files.writeString(
                            folder.resolve("admission.yaml"),
                            "{apiVersion: apiserver.config.k8s.io/v1, kind: AdmissionConfiguration,"
                                    + " plugins: [{name: "
                                    + plugin
                                    + ", path: plugin.yaml}]}")
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private TestServer start(AdmissionSettings settings) {
        var started = new TestServer(true, configuration -> configuration.withAdmission(settings));
        server = started;
        return started;
    }

    private static String pod(String rest) {
        return "{metadata: {name: a}, spec: {containers: [{name: c, image: 'i:1', imagePullPolicy:"
                + " IfNotPresent}], initContainers: [{name: d, image: 'j:1'}]"
                + rest
                + "}}";
    }

    @Test
    void namesThatNobodyKnowsAreRefused() {
        assertThatThrownBy(() -> AdmissionSettings.of(List.of("Nope"), List.of(), ""))
                .hasMessage("enable-admission-plugins plugin \"Nope\" is unknown");
        assertThatThrownBy(() -> AdmissionSettings.of(List.of(), List.of("#escalation"), ""))
                .hasMessage("disable-admission-plugins plugin \"#escalation\" is unknown");
        assertThatThrownBy(() ->
                        AdmissionSettings.of(List.of("AlwaysDeny"), List.of("AlwaysDeny"), ""))
                .hasMessage(
                        "[AlwaysDeny] in enable-admission-plugins and disable-admission-plugins"
                                + " overlapped");
    }

    @Test
    void alwaysPullImagesHasEverySortOfContainerPull() {
        var admin = with("AlwaysPullImages");

        var made = admin.post(PODS, pod(""));
        var debugged =
                admin.strategic(
                        PODS + "/a/ephemeralcontainers",
                        "{spec: {ephemeralContainers: [{name: e, image: 'k:1', imagePullPolicy:"
                                + " Never}]}}");

        assertThat(made.at("spec", "containers", "0", "imagePullPolicy")).isEqualTo("Always");
        assertThat(made.at("spec", "initContainers", "0", "imagePullPolicy")).isEqualTo("Always");
        assertThat(debugged.at("spec", "ephemeralContainers", "0", "imagePullPolicy"))
                .isEqualTo("Always");
    }

    @Test
    void aNamespaceIsMadeWhenSomethingIsCreatedInIt() {
        var admin = with("NamespaceAutoProvision");

        var made = admin.post("/api/v1/namespaces/new/configmaps", "{metadata: {name: a}}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(admin.get("/api/v1/namespaces/new").status()).isEqualTo(200);
    }

    @Test
    void nothingIsDoneInANamespaceThatIsNotThere() {
        var answer =
                with("NamespaceExists")
                        .post("/api/v1/namespaces/no/configmaps", "{metadata: {name: a}}");

        assertThat(answer.message()).isEqualTo("namespaces \"no\" not found");
    }

    @Test
    void aPodKeepsOthersOffItsNodeOnly() {
        var affinity =
                ", affinity: {podAntiAffinity: {requiredDuringSchedulingIgnoredDuringExecution:"
                        + " [{topologyKey: zone, labelSelector: {matchLabels: {a: b}}}]}}";

        var refused = with("LimitPodHardAntiAffinityTopology").post(PODS, pod(affinity));

        assertThat(refused.message())
                .isEqualTo(
                        "pods \"a\" is forbidden: affinity.PodAntiAffinity.RequiredDuringScheduling"
                                + " has TopologyKey zone but only key kubernetes.io/hostname is"
                                + " allowed");
    }

    /// CVE-2020-8554.
    @Test
    void noServiceClaimsAnExternalAddress() {
        var admin = with("DenyServiceExternalIPs");
        var services = "/api/v1/namespaces/default/services";

        var refused =
                admin.post(
                        services,
                        "{metadata: {name: a}, spec: {ports: [{port: 80}], externalIPs:"
                                + " [192.0.2.7]}}");
        var fine = admin.post(services, "{metadata: {name: a}, spec: {ports: [{port: 80}]}}");

        assertThat(refused.message())
                .isEqualTo(
                        "services \"a\" is forbidden: Use of external IPs is denied by admission"
                                + " control");
        assertThat(fine.status()).isEqualTo(201);
        assertThat(admin.merge(services + "/a", "{spec: {externalIPs: [192.0.2.7]}}").status())
                .isEqualTo(403);
    }

    @Test
    void whoAsksForASpecialResourceToleratesItsTaint() {
        var made =
                with("ExtendedResourceToleration")
                        .post(
                                PODS,
                                "{metadata: {name: a}, spec: {containers: [{name: c, image: i,"
                                        + " resources: {limits: {example.com/gpu: 1}}}]}}");

        assertThat(made.at("spec", "tolerations", "2", "key")).isEqualTo("example.com/gpu");
    }

    @Test
    void podsRunWhereTheirNamespaceSays() {
        var admin =
                with(
                        "PodNodeSelector",
                        "{podNodeSelectorPluginConfig: {clusterDefaultNodeSelector: 'env=prod',"
                                + " default: 'disk=ssd'}}");

        var made = admin.post(PODS, pod(""));
        var conflict = admin.post(PODS, pod(", nodeSelector: {env: dev}"));
        var outside = admin.post(PODS, pod(", nodeSelector: {disk: hdd}"));

        assertThat(made.at("spec", "nodeSelector", "env")).isEqualTo("prod");
        assertThat(conflict.message())
                .endsWith(
                        "pod node label selector conflicts with its namespace node label selector");
        assertThat(outside.message())
                .endsWith("pod node label selector labels conflict with its namespace whitelist");
    }

    @Test
    void podsTolerateWhatTheirNamespaceSaysAndNothingElse() {
        var admin =
                with("PodTolerationRestriction", "{whitelist: [{key: team, operator: Exists}]}");
        admin.merge(
                "/api/v1/namespaces/default",
                "{metadata: {annotations: {scheduler.alpha.kubernetes.io/defaultTolerations:"
                        + " '[{\"key\":\"team\",\"operator\":\"Equal\",\"value\":\"a\"}]',"
                        + " scheduler.alpha.kubernetes.io/tolerationsWhitelist:"
                        + " '[{\"key\":\"team\",\"operator\":\"Exists\"},"
                        + "{\"operator\":\"Exists\",\"effect\":\"NoExecute\"}]'}}}");

        var made = admin.post(PODS, pod(""));
        var refused = admin.post(PODS, pod(", tolerations: [{key: other, operator: Exists}]"));

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(made.text()).contains("\"value\":\"a\"");
        assertThat(refused.message())
                .endsWith(
                        "pod tolerations (possibly merged with namespace default tolerations)"
                                + " conflict with its namespace whitelist");
    }

    @Test
    void eventsAreTakenOnlySoFast() {
        var admin =
                with(
                        "EventRateLimit",
                        "{apiVersion: eventratelimit.admission.k8s.io/v1alpha1, kind:"
                                + " Configuration, limits: [{type: Namespace, qps: 1, burst: 2}]}");
        for (var name : List.of("a", "b")) {
            assertThat(event(admin, name).status()).isEqualTo(201);
        }

        var refused = event(admin, "c");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.message()).isEqualTo("limit reached on type Namespace for key default");
        assertThat(server).isNotNull();
        if (server != null) {
            server.clock.advance(Duration.ofSeconds(1));
        }
        assertThat(event(admin, "c").status()).isEqualTo(201);
    }

    private static Answer event(TestServer.Caller admin, String name) {
        return admin.post(
                "/api/v1/namespaces/default/events",
                "{metadata: {name: "
                        + name
                        + "}, involvedObject: {namespace: default, kind: Pod, name: x}}");
    }

    @Test
    void whoGivesAnObjectAnOwnerMustBeAllowedToDeleteIt() {
        var admin = with("OwnerReferencesPermissionEnforcement");
        var maps = "/api/v1/namespaces/default/configmaps";
        admin.post(maps, "{metadata: {name: a}}");
        var owner = admin.post(maps, "{metadata: {name: owner}}").at("metadata", "uid");
        admin.post(
                RBAC + "/namespaces/default/roles",
                "{metadata: {name: bob}, rules: [{apiGroups: [''], resources: [configmaps], verbs:"
                        + " [get, create, update, patch]}]}");
        admin.post(
                RBAC + "/namespaces/default/rolebindings",
                "{metadata: {name: bob}, roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role,"
                        + " name: bob}, subjects: [{apiGroup: rbac.authorization.k8s.io, kind:"
                        + " User, name: bob}]}");
        var owned =
                "{metadata: {name: b, ownerReferences: [{apiVersion: v1, kind: ConfigMap, name:"
                        + " owner, uid: "
                        + owner
                        + "%s}]}}";
        assertThat(server).isNotNull();
        var bob = server == null ? admin : server.as("bob");

        assertThat(bob.merge(maps + "/a", owned.formatted("").replace("name: b,", "")).message())
                .endsWith("cannot set an ownerRef on a resource you can't delete: , <nil>");
        assertThat(bob.post(maps, owned.formatted("")).status()).isEqualTo(201);
        assertThat(
                        bob.post(
                                        maps,
                                        owned.formatted(", blockOwnerDeletion: true")
                                                .replace("name: b,", "name: c,"))
                                .message())
                .endsWith(
                        "cannot set blockOwnerDeletion if an ownerReference refers to a resource"
                                + " you can't set finalizers on: , <nil>");
    }

    @Test
    void alwaysDenyDenies() {
        assertThat(with("AlwaysDeny").post("/api/v1/namespaces", "{metadata: {name: a}}").message())
                .isEqualTo(
                        "namespaces \"a\" is forbidden: admission control is denying all"
                                + " modifications");
    }

    @Test
    void podSecurityHasDefaultsAndExemptions() {
        var settings =
                AdmissionSettings.of(
                        List.of(),
                        List.of(),
                        file(
                                "PodSecurity",
                                "{apiVersion: pod-security.admission.config.k8s.io/v1, kind:"
                                        + " PodSecurityConfiguration, defaults: {enforce: baseline,"
                                        + " enforce-version: v1.25}, exemptions: {usernames:"
                                        + " [eve]}}"));
        var started = start(settings);
        var host = pod(", hostNetwork: true");

        assertThat(started.admin().post(PODS, host).message())
                .startsWith("pods \"a\" is forbidden: violates PodSecurity \"baseline:v1.25\"");
        assertThat(started.as("eve", User.MASTERS).post(PODS, host).status()).isEqualTo(201);
    }

    @Test
    void aPodSecurityConfigurationThatMakesNoSenseIsRefused() {
        var settings =
                AdmissionSettings.of(
                        List.of(),
                        List.of(),
                        file(
                                "PodSecurity",
                                "{apiVersion: pod-security.admission.config.k8s.io/v1, kind:"
                                        + " PodSecurityConfiguration, defaults: {enforce: lax}}"));

        assertThatThrownBy(() -> start(settings))
                .hasMessageContaining("couldn't init admission plugin \"PodSecurity\"")
                .hasMessageContaining("must be one of privileged, baseline, restricted");
    }

    @Test
    void aPluginThatIsDisabledDoesNotRun() {
        var admin =
                start(AdmissionSettings.of(List.of(), List.of("DefaultTolerationSeconds"), ""))
                        .admin();

        assertThat(admin.post(PODS, pod("")).at("spec", "tolerations")).isEmpty();
    }

    private TestServer.Caller asking(StandInServer images, boolean otherwise) {
        return with(
                "ImagePolicyWebhook",
                "{imagePolicy: {kubeConfigFile: \"%s\", denyTTL: 0, defaultAllow: %b}}"
                        .formatted(images.kubeconfig(folder), otherwise));
    }

    @Test
    void anotherServerSaysWhichImagesMayRun() {
        try (var images = new StandInServer()) {
            var admin = asking(images, true);

            images.answers("{\"status\": {\"allowed\": false, \"reason\": \"too old\"}}");
            assertThat(admin.post(PODS, pod("")).message())
                    .isEqualTo(
                            "pods \"a\" is forbidden: image policy webhook backend denied one or"
                                    + " more images: too old");
            images.answers("{\"status\": {\"allowed\": true}}");
            assertThat(admin.post(PODS, pod("")).status()).isEqualTo(201);
            assertThat(images.asked().getFirst().object("spec").items("containers"))
                    .startsWith(Json.EMPTY.with("image", Json.of("i:1")));
        }
    }

    /// Whatever stands below an error is no permission.
    @Test
    void noImageRunsWhenTheServerThatIsAskedFails() {
        try (var images = new StandInServer()) {
            var admin = asking(images, false);
            images.answers(500, "{\"status\": {\"allowed\": true}}");
            assertThat(admin.post(PODS, pod("")).status()).isEqualTo(403);
            images.answers("<html>");
            assertThat(admin.post(PODS, pod("")).status()).isEqualTo(403);
        }
    }

    @Test
    void anyImageRunsThenWhereThatWasAskedFor() {
        try (var images = new StandInServer()) {
            var admin = asking(images, true);
            images.answers(500, "{}");

            assertThat(admin.post(PODS, pod("")).status()).isEqualTo(201);
        }
    }
}
