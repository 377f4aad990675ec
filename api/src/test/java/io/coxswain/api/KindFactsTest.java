package io.coxswain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.schema.Scope;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares the built-in kinds with the resources that Kubernetes v1.36 publishes in its GA groups.
class KindFactsTest {

    private static final String NONE = "-";

    static Stream<String> published() {
        try (var in = KindFactsTest.class.getResourceAsStream("/kind-facts.txt")) {
            var bytes = Objects.requireNonNull(in).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("published")
    void everyPublishedResourceIsServedUnderItsNames(String line) {
        var words = List.of(line.split(" "));
        var version = words.getFirst();
        var slash = version.indexOf('/');
        var found =
                Objects.requireNonNull(
                        Kinds.byPlural(
                                slash < 0 ? "" : version.substring(0, slash),
                                version.substring(slash + 1),
                                words.get(1)));

        var kind = found.kind();

        assertThat(kind.singular()).isEqualTo(words.get(2));
        assertThat(kind.kind()).isEqualTo(words.get(3));
        assertThat(kind.scope() == Scope.NAMESPACED).isEqualTo(words.get(4).equals("Namespaced"));
        assertThat(kind.shortNames()).isEqualTo(list(words.get(5)));
        assertThat(kind.categories()).isEqualTo(list(words.get(6)));
        assertThat(list(words.get(7)))
                .allMatch(part -> found.strategy().isPart(part) || part.equals("scale"));
        assertThat(found.columns().definitions()).isNotEmpty();
    }

    private static List<String> list(String text) {
        return text.equals(NONE) ? List.of() : List.of(text.split(","));
    }
}
