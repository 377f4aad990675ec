package io.coxswain.api.proto;

import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.schema.RecordType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NumbersTest {

    /// What travels in the envelope has no number of its own.
    private static final Set<String> IN_THE_ENVELOPE = Set.of("kind", "apiVersion");

    @Test
    void everyComponentHasANumber() {
        var missing = new ArrayList<String>();
        for (var record : Records.all()) {
            var places = Numbers.of(record);
            if (places == null) {
                missing.add(record.getName());
                continue;
            }
            for (var component : RecordType.of(record).components()) {
                var name = component.json();
                if (!places.containsKey(name) && !IN_THE_ENVELOPE.contains(name)) {
                    missing.add(record.getName() + "." + name);
                }
            }
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void everyNumberBelongsToOneComponent() {
        var wrong = new ArrayList<String>();
        for (var record : Records.all()) {
            var taken = new HashMap<String, String>();
            var names =
                    RecordType.of(record).components().stream()
                            .map(RecordType.Component::json)
                            .toList();
            java.util.Objects.requireNonNull(Numbers.of(record))
                    .forEach((name, place) -> {
                        var at = Arrays.toString(place.path());
                        var other = taken.put(at, name);
                        if (other != null || !names.contains(name)) {
                            wrong.add(record.getName() + "." + name + "=" + at);
                        }
                    });
        }

        assertThat(wrong).isEmpty();
    }

    @Test
    void aRecordWithoutAMessageHasNone() {
        assertThat(Numbers.of(List.class)).isNull();
        assertThat(ProtoWriter.writes(io.coxswain.api.meta.VersionInfo.class)).isFalse();
        assertThat(ProtoWriter.writes(io.coxswain.api.core.Pod.class)).isTrue();
    }
}
