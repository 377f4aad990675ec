package io.coxswain.conformance.kubectl;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.conformance.Packages;
import io.coxswain.conformance.Program;
import io.coxswain.conformance.Server;
import io.coxswain.conformance.ServerExtension;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/// The lines of `kubectl/commands.txt`, in order, in one namespace.
@Tag("long")
@ExtendWith(ServerExtension.class)
class OldKubectlTest {

    private static final String NAMESPACE = "kubectl-old";
    private static final Path FILES =
            Server.top().resolve("conformance/src/test/resources/kubectl");
    private static final Pattern LINE = Pattern.compile("(.*) ([=!])> (.*)");

    /// @param fails whether the command has to fail
    private record Case(List<String> words, boolean fails, Pattern expected) {

        static Case of(String line) {
            var parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new IllegalArgumentException(line);
            }
            return new Case(
                    List.of(parts.group(1).split(" ")),
                    parts.group(2).equals("!"),
                    Pattern.compile(parts.group(3), Pattern.MULTILINE));
        }
    }

    @TestFactory
    Stream<DynamicTest> everyCommand(Server server) throws IOException {
        var program = Packages.debian("kubernetes-client").resolve("usr/bin/kubectl").toString();
        var kubeconfig = server.directory().resolve("kubeconfig-old");
        Files.copy(server.kubeconfig(), kubeconfig);
        var environment =
                Map.of(
                        "KUBECONFIG", kubeconfig.toString(),
                        "HOME", server.directory().toString());
        for (var words :
                List.of(
                        List.of("create", "namespace", NAMESPACE),
                        List.of("config", "set-context", "--current", "--namespace", NAMESPACE))) {
            run(program, environment, words).wanted();
        }
        return Files.readAllLines(FILES.resolve("commands.txt")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line ->
                        DynamicTest.dynamicTest(
                                line, () -> check(program, environment, Case.of(line))));
    }

    private static void check(String program, Map<String, String> environment, Case one) {
        var result = run(program, environment, one.words());
        assertThat(result.all().strip()).containsPattern(one.expected());
        // diff has 1 for a difference, and a watch that is cut off has one too.
        if (one.fails()) {
            assertThat(result.exitCode()).isNotZero();
        } else if (!one.words().contains("--watch")) {
            assertThat(result.exitCode()).as(result.all()).isZero();
        }
    }

    private static Program.Result run(
            String program, Map<String, String> environment, List<String> words) {
        var command = new ArrayList<String>();
        command.add(program);
        command.addAll(words);
        return Program.run(FILES, environment, command);
    }
}
