package io.coxswain.conformance.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.conformance.Packages;
import io.coxswain.conformance.Program;
import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/// Runs `client.mjs`, which says what works.
@Tag("long")
@ExtendWith(ServerExtension.class)
class NodeClientTest {

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void theClientForNodeWorks(Server server) {
        var folder = Packages.npm("node");
        var result =
                Program.run(
                        folder,
                        Map.of("KUBECONFIG", server.kubeconfig().toString()),
                        List.of("node", "client.mjs"));
        assertThat(result.all()).endsWith("ok everything\n");
        assertThat(result.exitCode()).isZero();
    }
}
