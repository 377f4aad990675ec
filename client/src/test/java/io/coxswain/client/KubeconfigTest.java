package io.coxswain.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigTest {

    private static final Json.Obj CLUSTER =
            Json.object(Map.of("server", Json.of("https://127.0.0.1:6443")));

    @TempDir private Path directory;

    @Test
    void putsAContextIntoAFileAndLeavesTheRestAlone() throws IOException {
        var file = directory.resolve("config");
        Files.writeString(
                file,
                """
                apiVersion: v1
                kind: Config
                preferences: {colors: true}
                current-context: work
                clusters:
                - name: work
                  cluster: {server: https://work.example, extensions: [{name: x}]}
                users:
                - name: work
                  user: {token: secret}
                contexts:
                - name: work
                  context: {cluster: work, user: work, namespace: team}
                """);
        var mine = Kubeconfig.of("coxswain", CLUSTER, Json.object(Map.of("token", Json.of("t"))));

        Kubeconfig.read(file).merge(mine).write(file);

        var read = Kubeconfig.read(file);
        assertThat(read.contexts()).containsExactly("work", "coxswain");
        assertThat(read.currentContext()).isEqualTo("coxswain");
        assertThat(read.context("work").namespace()).isEqualTo("team");
        assertThat(read.tree().object("preferences").fields()).containsKey("colors");
        assertThat(read.context("work").cluster().fields()).containsKey("extensions");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void theFirstOfSeveralFilesWins() throws IOException {
        var one = directory.resolve("one");
        var two = directory.resolve("two");
        Kubeconfig.of("a", CLUSTER, Json.EMPTY).write(one);
        Kubeconfig.of("b", CLUSTER, Json.EMPTY).write(two);

        var both = Kubeconfig.read(List.of(one, two));

        assertThat(both.currentContext()).isEqualTo("a");
        assertThat(both.contexts()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void aMissingContextIsNamed() {
        assertThatThrownBy(() -> Kubeconfig.empty(directory).context("nope"))
                .hasMessage("context \"nope\" does not exist");
    }

    @Test
    void readsTheTokenFileAnewForEachRequest() throws IOException {
        Files.writeString(directory.resolve("token"), "first\n");
        var user = Json.object(Map.of("tokenFile", Json.of("token")));
        var config = new Kubeconfig(Kubeconfig.of("c", CLUSTER, user).tree(), directory);
        var headers = new KubeconfigConnection(config.context("")).options().headers();

        assertThat(headers.get().first("authorization")).isEqualTo("Bearer first");
        Files.writeString(directory.resolve("token"), "second");
        assertThat(headers.get().first("authorization")).isEqualTo("Bearer second");
    }

    @Test
    void refusesToLogInByAPlugin() {
        var user = Json.object(Map.of("exec", Json.EMPTY));
        var context = Kubeconfig.of("c", CLUSTER, user).context("c");

        assertThatThrownBy(() -> new KubeconfigConnection(context).options())
                .isInstanceOf(IllegalArgumentException.class);
    }
}
