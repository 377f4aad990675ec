package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A bad manifest gets the words that kubectl's users know, and nothing of it is stored.
@Tag("real")
class BadManifestTest {

    private static final String DEPLOYMENT =
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 1
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "localhost/coxswain/web:1"}]}
            """;

    @TempDir static Path home;

    private static Up up;

    @BeforeAll
    static void start() {
        up = Up.withoutNode(home);
    }

    @AfterAll
    static void stop() {
        up.close();
    }

    @Test
    void aTypoInAField() throws IOException {
        var error = refused(DEPLOYMENT.replace("replicas: 1", "replica: 1"));

        assertThat(error)
                .startsWith("Error from server (BadRequest): error when creating \"")
                .contains(
                        "Deployment in version \"v1\" cannot be handled as a Deployment: strict"
                                + " decoding error: unknown field \"spec.replica\"");
    }

    @Test
    void aValueOfTheWrongType() throws IOException {
        var error = refused(DEPLOYMENT.replace("replicas: 1", "replicas: many"));

        assertThat(error)
                .contains(
                        "Error from server (BadRequest)",
                        "Deployment in version \"v1\" cannot be handled as a Deployment: json:"
                                + " cannot unmarshal string into Go struct field"
                                + " DeploymentSpec.spec.replicas of type int32");
    }

    @Test
    void aRequiredFieldThatIsMissing() throws IOException {
        var error = refused(DEPLOYMENT.replace("name: web, image", "image"));

        assertThat(error)
                .contains(
                        "The Deployment \"web\" is invalid:",
                        "spec.template.spec.containers[0].name: Required value");
    }

    @Test
    void aKindThatDoesNotExist() throws IOException {
        var error = refused(DEPLOYMENT.replace("kind: Deployment", "kind: Deploymint"));

        assertThat(error)
                .startsWith("error: resource mapping not found for name: \"web\" namespace: \"\"")
                .contains(
                        "no matches for kind \"Deploymint\" in version \"apps/v1\"",
                        "ensure CRDs are installed first");
    }

    @Test
    void yamlThatIsBroken() throws IOException {
        var error = refused(DEPLOYMENT.replace("  replicas: 1", "\treplicas: 1"));

        assertThat(error)
                .startsWith("error: error parsing ")
                .contains("error converting YAML to JSON: yaml: line ");
    }

    /// What kubectl says about it; there is no Deployment afterwards.
    private static String refused(String manifest) throws IOException {
        var file = Files.writeString(home.resolve("web.yaml"), manifest);

        var result = up.tryKubectl("apply", "-f", file.toString());

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).isEmpty();
        assertThat(up.kubectl("get", "deployments", "-o", "name")).isEmpty();
        return result.errors();
    }
}
