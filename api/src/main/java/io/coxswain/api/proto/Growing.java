package io.coxswain.api.proto;

import io.coxswain.api.codec.ArrayMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A list or map while it is read: its parts may stand anywhere in the message.
sealed interface Growing {

    /// The immutable list or map.
    Object done();

    static Items list(@Nullable Object known) {
        return switch (known) {
            case Items items -> items;
            case List<?> items -> new Items(new ArrayList<>(items));
            case null, default -> new Items(new ArrayList<>());
        };
    }

    static Entries map(@Nullable Object known) {
        return switch (known) {
            case Entries entries -> entries;
            case Map<?, ?> map -> {
                var entries = new Entries(new ArrayList<>(), new ArrayList<>());
                map.forEach((key, value) -> entries.put((String) key, value));
                yield entries;
            }
            case null, default -> new Entries(new ArrayList<>(), new ArrayList<>());
        };
    }

    record Items(List<Object> items) implements Growing {

        Items add(Object item) {
            items.add(item);
            return this;
        }

        @Override
        public Object done() {
            return List.copyOf(items);
        }
    }

    /// Of equal keys the last one counts.
    record Entries(List<String> keys, List<Object> values) implements Growing {

        Entries put(String key, Object value) {
            keys.add(key);
            values.add(value);
            return this;
        }

        @Override
        public Object done() {
            return ArrayMap.of(keys.toArray(String[]::new), values.toArray(), keys.size());
        }
    }
}
