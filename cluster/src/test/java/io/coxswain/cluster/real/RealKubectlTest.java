package io.coxswain.cluster.real;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.coxswain.cli.Kubectl;
import io.coxswain.cli.Streams;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Every command line of `kubectl/commands.txt` gives what a real kubectl gives: output, messages
/// and exit code. Each program has a namespace of its own and sees the same objects in it. Skipped
/// on a machine without kubectl.
@Tag("real")
class RealKubectlTest {

    private static final String OURS = "same-ours";
    private static final String THEIRS = "same-real";

    @TempDir Path home;

    /// @param setup for the real kubectl only, in both namespaces
    private record Case(List<String> words, boolean setup) {

        static Case of(String line) {
            var setup = line.startsWith("! ");
            return new Case(List.of((setup ? line.substring(2) : line).split(" ")), setup);
        }

        List<String> in(String namespace) {
            return words.stream().map(word -> word.replace("%NS%", namespace)).toList();
        }
    }

    @TestFactory
    Stream<DynamicTest> sameAsReal() throws IOException {
        var real = kubectl();
        if (real == null) {
            abort("no kubectl on the PATH to compare with");
        }
        var up = Up.withoutNode(home);
        Files.copy(resource("objects.yaml"), home.resolve("objects.yaml"));
        for (var namespace : List.of(OURS, THEIRS)) {
            var kubeconfig = kubeconfig(namespace);
            Files.copy(up.kubeconfig(), kubeconfig);
            run(
                    real,
                    List.of("config", "set-context", "--current", "--namespace", namespace),
                    namespace);
            assertThat(ours(List.of("create", "namespace", namespace)).exitCode()).isZero();
        }
        var tests = new ArrayList<DynamicTest>();
        for (var line : Files.readAllLines(resource("commands.txt"))) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var one = Case.of(line);
            tests.add(DynamicTest.dynamicTest(line, () -> compare(real, one)));
        }
        return tests.stream().onClose(up::close);
    }

    private void compare(String real, Case one) {
        if (one.setup()) {
            for (var namespace : List.of(OURS, THEIRS)) {
                assertThat(run(real, one.in(namespace), namespace).exitCode()).isZero();
            }
            return;
        }
        var theirs = run(real, one.in(THEIRS), THEIRS);
        var ours = ours(one.in(OURS));
        assertThat(masked(ours.output())).isEqualTo(masked(theirs.output()));
        assertThat(masked(ours.errors())).isEqualTo(masked(theirs.errors()));
        assertThat(ours.exitCode()).isEqualTo(theirs.exitCode());
    }

    /// What differs between two runs of the same program.
    private static String masked(String text) {
        return text.replace(OURS, THEIRS)
                .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uid>")
                .replaceAll("resourceVersion: \"\\d+\"", "resourceVersion: <revision>")
                .replaceAll("\\w{3}, \\d\\d \\w{3} \\d{4} [\\d:]{8} \\+0000", "<date>")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}Z", "<time>")
                .replaceAll("\\b10\\.\\d+\\.\\d+\\.\\d+ *", "<ip>")
                .replaceAll("\\b(\\d+m)?\\d+s\\b", "<age>")
                .replaceAll(" deleted from \\S+ namespace", " deleted")
                .replaceAll("(?m)^ *creationTimestamp: null\n", "");
    }

    private Program.Result ours(List<String> words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var streams =
                new Streams(
                        new ByteArrayInputStream(new byte[0]),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        var environment =
                Map.of("KUBECONFIG", kubeconfig(OURS).toString(), "HOME", home.toString());
        var code = Kubectl.run(located(words), streams, environment);
        return new Program.Result(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private Program.Result run(String real, List<String> words, String namespace) {
        var command = new ArrayList<>(List.of(real));
        command.addAll(located(words));
        var environment =
                Map.of("KUBECONFIG", kubeconfig(namespace).toString(), "HOME", home.toString());
        return Program.run(environment, command);
    }

    /// The words with `objects.yaml` where it is.
    private List<String> located(List<String> words) {
        var file = home.resolve("objects.yaml").toString();
        return words.stream().map(word -> word.equals("objects.yaml") ? file : word).toList();
    }

    private Path kubeconfig(String namespace) {
        return home.resolve("kubeconfig-" + namespace);
    }

    private static @Nullable String kubectl() {
        for (var folder : System.getenv("PATH").split(File.pathSeparator)) {
            var program = Path.of(folder, "kubectl");
            if (Files.isExecutable(program)) {
                return program.toString();
            }
        }
        return null;
    }

    private static Path resource(String name) {
        return Path.of(Program.cox())
                .resolveSibling("cluster/src/test/resources/kubectl")
                .resolve(name);
    }
}
