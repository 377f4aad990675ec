package io.coxswain.api.schema;

import io.coxswain.api.json.Json;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How to take a record apart and put it together: its components, their JSON names, and the value
/// each has when it is absent. Made once per class, on first use; immutable.
public final class RecordType<R> {

    private static final ClassValue<RecordType<?>> ALL =
            new ClassValue<>() {
                @Override
                protected RecordType<?> computeValue(Class<?> type) {
                    return new RecordType<>(type);
                }
            };

    private final Class<R> type;
    private final RecordAccess access;
    private final List<Component> components;
    private final Map<String, Component> byName = new HashMap<>();
    private final @Nullable Object[] absent;
    private volatile @Nullable R empty;

    /// One component of a record.
    ///
    /// @param name the Java name
    /// @param json the name in JSON
    /// @param nullable whether null stands for "unset"
    public record Component(
            int index,
            String name,
            String json,
            Type type,
            boolean nullable,
            RecordAccess access,
            RecordComponent source) {

        /// The erased class of the component.
        public Class<?> raw() {
            return source.getType();
        }

        /// The class of the items of a list or the values of a map.
        public Class<?> element() {
            var arguments = ((ParameterizedType) type).getActualTypeArguments();
            return switch (arguments[arguments.length - 1]) {
                case Class<?> element -> element;
                case ParameterizedType nested -> (Class<?>) nested.getRawType();
                default -> throw new IllegalStateException(source + " has an unusual type");
            };
        }

        /// What the component is marked with, itself or by a mark that carries it.
        public <A extends java.lang.annotation.Annotation> @Nullable A annotation(Class<A> kind) {
            var own = source.getAnnotation(kind);
            return own != null
                    ? own
                    : Arrays.stream(source.getAnnotations())
                            .map(named -> named.annotationType().getAnnotation(kind))
                            .filter(Objects::nonNull)
                            .findFirst()
                            .orElse(null);
        }

        public boolean has(Class<? extends java.lang.annotation.Annotation> kind) {
            return source.isAnnotationPresent(kind);
        }

        /// The value of this component in `owner`.
        public @Nullable Object get(Object owner) {
            return access.get(owner, index);
        }
    }

    private RecordType(Class<R> type) {
        var parts = type.getRecordComponents();
        if (parts == null) {
            throw new IllegalArgumentException(type + " is no record");
        }
        this.type = type;
        this.access = RecordAccess.of(type);
        var list = new ArrayList<Component>(parts.length);
        for (var part : parts) {
            list.add(component(list.size(), part, access));
        }
        this.components = List.copyOf(list);
        components.forEach(component -> byName.put(component.name(), component));
        this.absent = new Object[parts.length];
        for (var component : components) {
            absent[component.index()] = absentValue(component);
        }
    }

    @SuppressWarnings("unchecked")
    public static <R> RecordType<R> of(Class<R> type) {
        return (RecordType<R>) ALL.get(type);
    }

    public Class<R> type() {
        return type;
    }

    /// In the order of the declaration, which is the order of the fields in JSON.
    public List<Component> components() {
        return components;
    }

    public Component component(String name) {
        var component = byName.get(name);
        if (component == null) {
            throw new IllegalArgumentException(type.getName() + " has no component " + name);
        }
        return component;
    }

    /// A fresh array of the values that stand for "absent": `""`, 0, the empty list, null …
    public @Nullable Object[] absent() {
        return absent.clone();
    }

    /// What `component` holds when it is absent.
    public @Nullable Object absent(Component component) {
        return absent[component.index()];
    }

    /// The record with every component absent; always the same instance.
    public R empty() {
        var made = empty;
        if (made == null) {
            made = create(absent());
            empty = made;
        }
        return made;
    }

    @SuppressWarnings("unchecked")
    public R create(@Nullable Object[] values) {
        return (R) access.create(values);
    }

    public @Nullable Object[] values(R object) {
        return access.values(object);
    }

    private static Component component(int index, RecordComponent part, RecordAccess access) {
        var name = part.getAnnotation(Name.class);
        return new Component(
                index,
                part.getName(),
                name == null ? part.getName() : name.value(),
                part.getGenericType(),
                nullable(part.getAnnotatedType()),
                access,
                part);
    }

    private static boolean nullable(AnnotatedType type) {
        return type.isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object absentValue(Component component) {
        if (component.nullable()) {
            return null;
        }
        var raw = component.raw();
        if (raw.isPrimitive()) {
            return primitive(raw);
        }
        if (raw == String.class) {
            return "";
        }
        if (raw == List.class) {
            return List.of();
        }
        if (raw == Map.class) {
            return Map.of();
        }
        if (raw == byte[].class) {
            return new byte[0];
        }
        if (raw == IntOrString.class) {
            return IntOrString.of(0);
        }
        if (raw == Quantity.class) {
            return Quantity.ZERO;
        }
        if (raw.isRecord()) {
            return RecordType.of(raw).empty();
        }
        if (raw == Instant.class || raw == Duration.class || Json.class.isAssignableFrom(raw)) {
            throw new IllegalStateException(component.source() + " must be @Nullable");
        }
        throw new IllegalStateException(component.source() + " has a type the schema cannot hold");
    }

    private static Object primitive(Class<?> raw) {
        if (raw == int.class) {
            return 0;
        }
        if (raw == long.class) {
            return 0L;
        }
        if (raw == boolean.class) {
            return false;
        }
        return 0.0;
    }
}
