package io.coxswain.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.core.Pod;
import org.junit.jupiter.api.Test;

/// Manifests with mistakes: the error is the one Kubernetes gives, and nothing is stored.
@ClusterTest(nodes = 0)
class BadManifestTest {

    @Test
    void aTypoInAFieldIsNamed(TestCluster cluster) {
        refused(
                cluster,
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replcas: 3
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: main, image: "web:1"}]}
                """,
                "Deployment in version \"v1\" cannot be handled as a Deployment: strict decoding"
                        + " error: unknown field \"spec.replcas\"");
    }

    @Test
    void aWrongTypeIsNamed(TestCluster cluster) {
        refused(
                cluster,
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: three
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec: {containers: [{name: main, image: "web:1"}]}
                """,
                "Deployment in version \"v1\" cannot be handled as a Deployment: json: cannot"
                        + " unmarshal string into Go struct field DeploymentSpec.spec.replicas of "
                        + "type"
                        + " int32");
    }

    @Test
    void aMissingFieldIsNamed(TestCluster cluster) {
        refused(
                cluster,
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec: {}
                """,
                "Pod \"web\" is invalid: spec.containers: Required value");
    }

    @Test
    void severalMistakesAreNamedTogether(TestCluster cluster) {
        refused(
                cluster,
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: other}}
                    spec: {containers: [{name: main}]}
                """,
                "Deployment.apps \"web\" is invalid: [spec.template.metadata.labels: Invalid value:"
                        + " {\"app\":\"other\"}: `selector` does not match template `labels`,"
                        + " spec.template.spec.containers[0].image: Required value]");
    }

    @Test
    void anUnknownKindHasNoMatch(TestCluster cluster) {
        refused(
                cluster,
                """
                apiVersion: apps/v1
                kind: Deploymnet
                metadata: {name: web}
                """,
                "no matches for kind \"Deploymnet\" in version \"apps/v1\"");
    }

    @Test
    void aNameThatIsNoneIsRefused(TestCluster cluster) {
        refused(
                cluster,
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: Web_1}
                spec: {containers: [{name: main, image: "web:1"}]}
                """,
                "Pod \"Web_1\" is invalid: metadata.name: Invalid value: \"Web_1\": a lowercase RFC"
                        + " 1123 subdomain must consist of lower case alphanumeric characters, "
                        + "'-' or"
                        + " '.', and must start and end with an alphanumeric character (e.g."
                        + " 'example.com', regex used for validation is"
                        + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
    }

    private static void refused(TestCluster cluster, String manifest, String message) {
        assertThatThrownBy(() -> cluster.create(manifest)).hasMessageContaining(message);
        assertThat(cluster.list(Deployment.class, "")).isEmpty();
        assertThat(cluster.list(Pod.class, "")).isEmpty();
    }
}
