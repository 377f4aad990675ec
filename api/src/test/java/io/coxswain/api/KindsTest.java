package io.coxswain.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.coxswain.api.apps.Deployment;
import io.coxswain.api.core.Pod;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.FieldError;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.Resource;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KindsTest {

    @Test
    void aKindIsFoundByClassByPathAndByItsOwnName() {
        var byClass = Kinds.of(Deployment.class);

        assertThat(Kinds.byPlural("apps", "v1", "deployments")).isSameAs(byClass);
        assertThat(Kinds.byKind("apps/v1", "Deployment")).isSameAs(byClass);
        assertThat(Kinds.byPlural("", "v1", "pods")).isSameAs(Kinds.of(Pod.class));
        assertThat(Kinds.byPlural("apps", "v2", "deployments")).isNull();
    }

    @Test
    void aRecordThatIsNoKindIsRefused() {
        assertThatThrownBy(() -> Kinds.of(NoKind.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NoKind");
    }

    @Test
    void everyKindTakesAnEmptyObjectWithoutFailing() {
        for (var kind : Kinds.BUILT_IN) {
            assertThat(errorsOfEmpty(kind)).as(kind.kind().toString()).isNotEmpty();
        }
    }

    @Test
    void everyRowHasAsManyCellsAsThereAreColumns() {
        for (var kind : Kinds.BUILT_IN) {
            assertThat(cellsOfEmpty(kind))
                    .as(kind.kind().toString())
                    .isEqualTo(kind.columns().definitions().size());
        }
    }

    private static <T extends Resource> List<FieldError> errorsOfEmpty(BuiltIn<T> kind) {
        var strategy = kind.strategy();
        var empty = strategy.withDefaults(RecordType.of(kind.type()).empty());
        var created = strategy.prepareForCreate(empty);
        var changed = strategy.prepareForStatusUpdate(created, created);
        strategy.checkUpdate(created, strategy.prepareForUpdate(created, changed));
        strategy.checkStatusUpdate(created, changed);
        strategy.warningsFor(created, null);
        strategy.fieldsOf(created);
        return strategy.check(created);
    }

    private static <T extends Resource> int cellsOfEmpty(BuiltIn<T> kind) {
        return kind.columns().row(RecordType.of(kind.type()).empty(), Instant.EPOCH).size();
    }

    private record NoKind(ObjectMeta metadata) implements Resource {}
}
