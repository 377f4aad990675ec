package io.coxswain.apiserver.encryption;

import io.coxswain.storage.Draft;
import io.coxswain.storage.Key;
import io.coxswain.storage.Layout;
import io.coxswain.storage.UnreadableValueException;
import io.coxswain.storage.ValueTransformer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// A layout whose values are encrypted, for a store that other servers read, too.
public final class SealedLayout implements Layout {

    private final Layout layout;
    private final ValueTransformer values;
    private final Map<Key, String> methods = new ConcurrentHashMap<>();

    public SealedLayout(Layout layout, ValueTransformer values) {
        this.layout = layout;
        this.values = values;
    }

    @Override
    public String path(Key key) {
        return layout.path(key);
    }

    @Override
    public @Nullable Key key(String path) {
        return layout.key(path);
    }

    /// What is written here is not read again: should the write be refused, what is there instead
    /// will be.
    @Override
    public byte[] value(Key key, Draft draft) {
        var value = values.toStorage(key, layout.value(key, draft));
        remember(key, values.method(value));
        return value;
    }

    @Override
    public Draft draft(Key key, byte[] value) {
        try {
            var draft = layout.draft(key, values.fromStorage(key, value));
            remember(key, values.method(value));
            return draft;
        } catch (UnreadableValueException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    @Override
    public void forget(Key key) {
        methods.remove(key);
    }

    private void remember(Key key, String method) {
        if (method.isEmpty()) {
            methods.remove(key);
        } else {
            methods.put(key, method);
        }
    }

    @Override
    public boolean outdated(Key key) {
        return !methods.getOrDefault(key, "").equals(values.method(key));
    }
}
