package io.coxswain.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.Vectors.Vector;
import io.coxswain.api.schema.Resource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The strategies answer as a Kubernetes 1.36 API server did: the same defaults, and the same
/// errors at the same fields.
class RecordedAnswersTest {

    static Stream<Vector> create() {
        return Vectors.of("create.jsonl");
    }

    static Stream<Vector> defaults() {
        return Vectors.of("defaults.jsonl");
    }

    static Stream<Vector> update() {
        return Vectors.of("update.jsonl");
    }

    @ParameterizedTest
    @MethodSource("create")
    void creatingFindsTheSameErrors(Vector vector) {
        assertThat(errorsOf(vector.kind("object"), vector)).isEqualTo(vector.causes());
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void creatingFillsInTheSameDefaults(Vector vector) {
        var made = Bound.write(created(vector.kind("object"), vector));
        // Both pass through records, so that the order and form of fields do not matter.
        var expected = Bound.write(Vectors.read(vector.kind("object"), vector.object("expected")));
        assertThat(withoutServerFields(made)).isEqualTo(withoutServerFields(expected));
    }

    @ParameterizedTest
    @MethodSource("update")
    void updatingFindsTheSameErrors(Vector vector) {
        assertThat(errorsOfUpdate(vector.kind("old"), vector)).isEqualTo(vector.causes());
    }

    private static <T extends Resource> List<String> errorsOf(BuiltIn<T> kind, Vector vector) {
        var strategy = kind.strategy();
        return Vectors.causes(strategy.check(created(kind, vector)));
    }

    private static <T extends Resource> T created(BuiltIn<T> kind, Vector vector) {
        var sent = Vectors.read(kind, withUid(vector.object("object")));
        return kind.strategy().prepareForCreate(kind.strategy().withDefaults(sent));
    }

    private static <T extends Resource> List<String> errorsOfUpdate(
            BuiltIn<T> kind, Vector vector) {
        var strategy = kind.strategy();
        var old = strategy.withDefaults(Vectors.read(kind, vector.object("old")));
        var sent = strategy.withDefaults(Vectors.read(kind, vector.object("new")));
        return Vectors.causes(strategy.checkUpdate(old, strategy.prepareForUpdate(old, sent)));
    }

    /// The server gives every object its uid before it asks the strategy.
    @SuppressWarnings("unchecked")
    private static Map<?, ?> withUid(Map<?, ?> object) {
        if (object.get("metadata") instanceof Map<?, ?> metadata) {
            ((Map<String, Object>) metadata).put("uid", "00000000-0000-0000-0000-000000000001");
        }
        return object;
    }

    private static @Nullable Object withoutServerFields(@Nullable Object object) {
        if (object instanceof Map<?, ?> map && map.get("metadata") instanceof Map<?, ?> metadata) {
            for (var name :
                    List.of("uid", "creationTimestamp", "resourceVersion", "managedFields")) {
                metadata.remove(name);
            }
        }
        return object;
    }
}
