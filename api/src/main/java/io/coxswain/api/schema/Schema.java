package io.coxswain.api.schema;

import io.coxswain.api.json.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What a JSON value may be and how it merges: the same for built-in kinds, whose schema is their
/// record, and for custom kinds, whose schema is data. Immutable; the fields of a record are looked
/// at on first use, so a schema may contain itself.
public final class Schema {

    /// The JSON type of a value.
    public enum Type {
        ANY,
        OBJECT,
        LIST,
        STRING,
        INTEGER,
        NUMBER,
        BOOLEAN,
        INT_OR_STRING
    }

    /// How the items of a list relate when two versions of it meet.
    public enum ListType {
        ATOMIC,
        SET,
        MAP
    }

    /// How a value merges.
    ///
    /// @param listType for lists
    /// @param keys the key fields of a list of type MAP
    /// @param atomic an object or map that one manager owns as a whole
    /// @param patchStrategies of strategic merge: `merge`, `replace`, `retainKeys`
    /// @param patchMergeKey the key of strategic merge; empty for lists of scalars
    public record Merge(
            ListType listType,
            List<String> keys,
            boolean atomic,
            List<String> patchStrategies,
            String patchMergeKey) {

        public static final Merge PLAIN =
                new Merge(ListType.ATOMIC, List.of(), false, List.of(), "");

        public boolean has(String strategy) {
            return patchStrategies.contains(strategy);
        }
    }

    /// Anything goes: a value without a schema. Objects in it merge field by field, lists are
    /// atomic.
    public static final Schema ANY = builder(Type.ANY).preserveUnknown(true).build();

    private final Type type;
    private final String format;
    private final Supplier<SequencedMap<String, Schema>> fieldSource;
    private final Supplier<@Nullable Schema> itemSource;
    private final Merge merge;
    private final Set<String> required;
    private final @Nullable Json defaultValue;
    private final List<Json> enumValues;
    private final boolean nullable;
    private final boolean preserveUnknown;
    private final boolean embeddedResource;
    private volatile @Nullable SequencedMap<String, Schema> fields;
    private volatile @Nullable Schema item;

    private Schema(Builder from) {
        type = from.type;
        format = from.format;
        fieldSource = from.fields;
        itemSource = from.item;
        merge = from.merge;
        required = from.required;
        defaultValue = from.defaultValue;
        enumValues = from.enumValues;
        nullable = from.nullable;
        preserveUnknown = from.preserveUnknown;
        embeddedResource = from.embeddedResource;
    }

    /// The schema of a record class; always the same instance.
    public static Schema of(Class<?> record) {
        return RecordSchemas.of(record);
    }

    public static Builder builder(Type type) {
        return new Builder(type);
    }

    public Type type() {
        return type;
    }

    /// `int32`, `int64`, `double`, `date-time`, `byte`, `quantity` … or empty.
    public String format() {
        return format;
    }

    /// The known fields of an object, in the order they are written.
    public SequencedMap<String, Schema> fields() {
        var known = fields;
        if (known == null) {
            known = Collections.unmodifiableSequencedMap(fieldSource.get());
            fields = known;
        }
        return known;
    }

    /// What the items of a list, or the values of a map with free keys, look like.
    public @Nullable Schema item() {
        var known = item;
        if (known == null) {
            known = itemSource.get();
            item = known;
        }
        return known;
    }

    /// The schema of a field or a map value; [#ANY] where nothing is known.
    public Schema at(String field) {
        var known = fields().get(field);
        if (known != null) {
            return known;
        }
        var value = type == Type.LIST ? null : item();
        return value == null ? ANY : value;
    }

    /// The schema of the items of a list; [#ANY] where nothing is known.
    public Schema items() {
        var known = item();
        return known == null ? ANY : known;
    }

    public boolean knows(String field) {
        return fields().containsKey(field) || (type != Type.LIST && item() != null);
    }

    public Merge merge() {
        return merge;
    }

    public Set<String> required() {
        return required;
    }

    public @Nullable Json defaultValue() {
        return defaultValue;
    }

    public List<Json> enumValues() {
        return enumValues;
    }

    public boolean nullable() {
        return nullable;
    }

    public boolean preserveUnknown() {
        return preserveUnknown;
    }

    public boolean embeddedResource() {
        return embeddedResource;
    }

    /// A builder that starts from this schema.
    public Builder change() {
        var copy = new Builder(type);
        copy.format = format;
        copy.fields = this::fields;
        copy.item = this::item;
        copy.merge = merge;
        copy.required = required;
        copy.defaultValue = defaultValue;
        copy.enumValues = enumValues;
        copy.nullable = nullable;
        copy.preserveUnknown = preserveUnknown;
        copy.embeddedResource = embeddedResource;
        return copy;
    }

    /// Collects the parts of a schema.
    public static final class Builder {
        private final Type type;
        private String format = "";
        private Supplier<SequencedMap<String, Schema>> fields = LinkedHashMap::new;
        private Supplier<@Nullable Schema> item = () -> null;
        private Merge merge = Merge.PLAIN;
        private Set<String> required = Set.of();
        private @Nullable Json defaultValue;
        private List<Json> enumValues = List.of();
        private boolean nullable;
        private boolean preserveUnknown;
        private boolean embeddedResource;

        private Builder(Type type) {
            this.type = type;
        }

        public Builder format(String value) {
            format = value;
            return this;
        }

        public Builder fields(SequencedMap<String, Schema> value) {
            fields = () -> value;
            return this;
        }

        /// Fields found when first asked for.
        public Builder lazyFields(Supplier<SequencedMap<String, Schema>> value) {
            fields = value;
            return this;
        }

        public Builder item(Schema value) {
            item = () -> value;
            return this;
        }

        /// An item found when first asked for.
        public Builder lazyItem(Supplier<@Nullable Schema> value) {
            item = value;
            return this;
        }

        public Builder merge(Merge value) {
            merge = value;
            return this;
        }

        public Builder required(Set<String> value) {
            required = Set.copyOf(value);
            return this;
        }

        public Builder defaultValue(@Nullable Json value) {
            defaultValue = value;
            return this;
        }

        public Builder enumValues(List<? extends Json> value) {
            enumValues = List.copyOf(value);
            return this;
        }

        public Builder nullable(boolean value) {
            nullable = value;
            return this;
        }

        public Builder preserveUnknown(boolean value) {
            preserveUnknown = value;
            return this;
        }

        public Builder embeddedResource(boolean value) {
            embeddedResource = value;
            return this;
        }

        public Schema build() {
            return new Schema(this);
        }
    }
}
