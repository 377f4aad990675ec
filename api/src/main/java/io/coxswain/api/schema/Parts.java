package io.coxswain.api.schema;

import io.coxswain.api.meta.ObjectMeta;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Moves the three parts of an object apart: metadata, status, and all that a user asks for.
/// Objects that are no records pass unchanged.
final class Parts {

    private static final String METADATA = "metadata";
    private static final String STATUS = "status";

    private Parts() {}

    static long generation(Object object) {
        return object instanceof Resource resource ? resource.metadata().generation() : 0;
    }

    static <T> T withGeneration(T object, long generation) {
        if (!(object instanceof Resource resource)
                || resource.metadata().generation() == generation) {
            return object;
        }
        var metadata = Edit.with(resource.metadata(), ObjectMeta::generation, generation);
        return with(object, METADATA, metadata);
    }

    static <T> T withGenerationOf(T old, T updated) {
        return withGeneration(updated, generation(old));
    }

    static <T> T withoutStatus(T object) {
        var status = statusOf(object);
        return status == null
                ? object
                : with(object, STATUS, RecordType.of(object.getClass()).absent(status));
    }

    static <T> T withStatusOf(T old, T updated) {
        var status = statusOf(updated);
        return status == null ? updated : with(updated, STATUS, status.get(old));
    }

    static <T> T withAllButStatusOf(T old, T updated) {
        var status = statusOf(updated);
        if (status == null) {
            return updated;
        }
        var kept = with(old, STATUS, status.get(updated));
        return updated instanceof Resource resource
                ? withGenerationOf(old, with(kept, METADATA, resource.metadata()))
                : kept;
    }

    static boolean sameButStatus(Object old, Object updated) {
        var type = typeOf(updated);
        if (type == null) {
            return true;
        }
        return type.components().stream()
                .filter(part -> !part.name().equals(METADATA) && !part.name().equals(STATUS))
                .allMatch(part -> Objects.deepEquals(part.get(old), part.get(updated)));
    }

    private static <T> T with(T object, String component, @Nullable Object value) {
        var type = Objects.requireNonNull(typeOf(object));
        var values = type.values(object);
        values[type.component(component).index()] = value;
        return type.create(values);
    }

    private static RecordType.@Nullable Component statusOf(Object object) {
        var type = typeOf(object);
        if (type == null) {
            return null;
        }
        return type.components().stream()
                .filter(part -> part.name().equals(STATUS))
                .findFirst()
                .orElse(null);
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable RecordType<T> typeOf(T object) {
        return object instanceof Record ? RecordType.of((Class<T>) object.getClass()) : null;
    }
}
