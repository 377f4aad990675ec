package io.coxswain.kubelet.containers;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.PersistentVolume;
import io.coxswain.api.core.PersistentVolumeClaim;
import io.coxswain.api.core.Secret;
import io.coxswain.api.core.Service;
import io.coxswain.api.node.RuntimeClass;
import io.coxswain.api.schema.Resource;
import io.coxswain.base.Clock;
import io.coxswain.client.Client;
import io.coxswain.client.Informer;
import io.coxswain.kubelet.volumes.Claims;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Asks the API for the objects that pods refer to, each at most once in a while: many pods start
/// with the same ConfigMap.
public final class ClientObjects implements ApiObjects, Claims {

    private static final Duration FRESH = Duration.ofSeconds(5);
    private static final int REMEMBERED_MAX = 1_000;

    private final Client client;
    private final Informer<Service> services;
    private final Clock clock;
    private final Map<Key, Found> known = new ConcurrentHashMap<>();

    private record Key(Class<?> type, String namespace, String name) {}

    private record Found(@Nullable Resource object, Instant at) {}

    public ClientObjects(Client client, Informer<Service> services, Clock clock) {
        this.client = client;
        this.services = services;
        this.clock = clock;
    }

    @Override
    public @Nullable ConfigMap configMap(String namespace, String name) {
        return find(ConfigMap.class, namespace, name);
    }

    @Override
    public @Nullable Secret secret(String namespace, String name) {
        return find(Secret.class, namespace, name);
    }

    @Override
    public @Nullable PersistentVolumeClaim claim(String namespace, String name) {
        return find(PersistentVolumeClaim.class, namespace, name);
    }

    @Override
    public @Nullable PersistentVolume volume(String name) {
        return find(PersistentVolume.class, "", name);
    }

    @Override
    public @Nullable RuntimeClass runtimeClass(String name) {
        return find(RuntimeClass.class, "", name);
    }

    @Override
    public List<Service> services(String namespace) {
        return services.in(namespace).toList();
    }

    private <T extends Resource> @Nullable T find(Class<T> type, String namespace, String name) {
        var key = new Key(type, namespace, name);
        var before = known.get(key);
        var now = clock.now();
        // What was not there is asked for each time: somebody may be waiting for it.
        if (before != null
                && before.object() != null
                && Duration.between(before.at(), now).compareTo(FRESH) < 0) {
            return type.cast(before.object());
        }
        var found = client.find(type, namespace, name);
        if (known.size() > REMEMBERED_MAX) {
            known.clear();
        }
        known.put(key, new Found(found, now));
        return found;
    }
}
