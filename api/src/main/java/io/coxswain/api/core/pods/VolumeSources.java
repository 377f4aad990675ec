package io.coxswain.api.core.pods;

import io.coxswain.api.core.PersistentVolumeSpec;
import io.coxswain.api.core.Volume;
import io.coxswain.api.schema.RecordType;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Which of its possible sources a volume names, by field name.
public final class VolumeSources {

    /// The fields of a persistent volume's spec that are records but no sources.
    private static final Set<String> NO_SOURCE = Set.of("claimRef", "nodeAffinity");

    private VolumeSources() {}

    public static List<String> of(Volume volume) {
        return RecordType.of(Volume.class).components().stream()
                .filter(part -> part.raw().isRecord() && part.get(volume) != null)
                .map(RecordType.Component::json)
                .sorted(Comparator.comparing(name -> !name.equals("emptyDir")))
                .toList();
    }

    public static List<String> of(PersistentVolumeSpec spec) {
        return RecordType.of(PersistentVolumeSpec.class).components().stream()
                .filter(part -> part.raw().isRecord() && part.get(spec) != null)
                .map(RecordType.Component::json)
                .filter(name -> !NO_SOURCE.contains(name))
                .toList();
    }
}
