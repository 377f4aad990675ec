package io.coxswain.apiserver.services;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Service;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.layout.UpstreamLayout;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.storage.Draft;
import io.coxswain.storage.Header;
import io.coxswain.storage.Key;
import io.coxswain.storage.Store;
import io.coxswain.storage.Write;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Node ports that were given out a moment ago by one of several servers and are perhaps not stored
/// in a Service yet. A claim is an object of the shared store that ends by itself when every server
/// has long seen the Service.
final class PortClaims {

    private static final Duration LASTS = Duration.ofSeconds(20);

    private final Store store;
    private final Catalog catalog;

    PortClaims(Store store, Catalog catalog) {
        this.store = store;
        this.catalog = catalog;
    }

    /// Takes a port (`TCP:30080`) for a Service; false when another has just taken it. Where there
    /// is only one server, it knows that anyway.
    boolean take(String port, Service service) {
        if (!store.shared()) {
            return true;
        }
        var holder = service.namespace() + "/" + service.name();
        var write = Write.create(key(port), draft(holder)).expiringAfter(LASTS);
        return switch (store.write(write)) {
            case Write.Outcome.Written _ -> true;
            case Write.Outcome.Conflict(var claim) ->
                    claim != null && claim.header().uid().equals(holder);
        };
    }

    void release(List<String> ports) {
        if (!store.shared()) {
            return;
        }
        for (var port : ports) {
            var claim = store.snapshot().get(key(port));
            if (claim != null) {
                var last = draft(claim.header().uid());
                store.write(Write.delete(claim.key(), claim.revision(), last));
            }
        }
    }

    private static Key key(String port) {
        var name = port.toLowerCase(Locale.ROOT).replace(':', '-');
        return new Key(UpstreamLayout.NODE_PORTS, "", name);
    }

    private Draft draft(String holder) {
        var metadata = Edit.of(ObjectMeta.class).set(ObjectMeta::uid, holder).done();
        var object = Edit.of(ConfigMap.class).set(ConfigMap::metadata, metadata).done();
        var encoded = catalog.of(ConfigMap.class).codec().encode(object);
        var header = new Header(holder, Map.of(), Map.of(), List.of());
        return new Draft(header, encoded.bytes(), encoded.revisionGap());
    }
}
