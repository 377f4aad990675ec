package io.coxswain.apiserver;

import java.util.HashMap;
import java.util.Map;

/// What authorization and admission have to say about one request in its audit event. The first
/// value of a key stays; plugins may write from several threads.
public final class Annotations {

    private final Map<String, String> all = new HashMap<>();

    public synchronized void put(String key, String value) {
        all.putIfAbsent(key, value);
    }

    /// As they are now.
    public synchronized Map<String, String> all() {
        return Map.copyOf(all);
    }
}
