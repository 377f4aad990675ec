package io.coxswain.apiserver.services;

import io.coxswain.api.core.Endpoints;
import io.coxswain.api.core.Endpoints.EndpointAddress;
import io.coxswain.api.core.Endpoints.EndpointSubset;
import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.schema.Edit;
import io.coxswain.apiserver.ApiServerConfiguration;
import io.coxswain.apiserver.layout.UpstreamLayout;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.apiserver.registry.Registry;
import io.coxswain.base.Clock;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.storage.Draft;
import io.coxswain.storage.Header;
import io.coxswain.storage.Key;
import io.coxswain.storage.Store;
import io.coxswain.storage.StoreException;
import io.coxswain.storage.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This server among those that serve the cluster, as the endpoints of the Service `kubernetes`
/// tell.
///
/// Where servers share a store, each keeps a record of its address there that ends soon after the
/// server does, and each publishes the addresses of which there is a record.
public final class Presence implements Loop, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Presence.class);
    private static final Duration EVERY = Duration.ofSeconds(10);
    private static final Duration LASTS = Duration.ofSeconds(15);

    private final ApiServerConfiguration configuration;
    private final Registry registry;
    private final Catalog catalog;
    private final Store store;
    private final Clock clock;
    private final Key own;
    private Loops.@Nullable Running running;
    private boolean over;

    public Presence(ApiServerConfiguration configuration, Registry registry, Catalog catalog) {
        this.configuration = configuration;
        this.registry = registry;
        this.catalog = catalog;
        this.store = registry.store();
        this.clock = registry.clock();
        this.own = new Key(UpstreamLayout.MASTER_LEASES, "", configuration.advertiseAddress());
    }

    /// Publishes this server; where there may be others, goes on doing so.
    public void start(Loops loops) {
        if (!store.shared()) {
            publish(List.of(configuration.advertiseAddress()));
            return;
        }
        renew();
        publish(servers());
        running = loops.start("kubernetes-endpoints", this);
    }

    @Override
    public Next runOnce() {
        try {
            renew();
            publish(servers());
        } catch (StoreException e) {
            LOG.warn("the endpoints of this server were not renewed: {}", e.getMessage());
        }
        return Next.in(clock, EVERY);
    }

    private void renew() {
        var current = store.snapshot().get(own);
        var expected = current == null ? Write.ABSENT : current.revision();
        var write = new Write(own, expected, draft(), false, LASTS);
        if (store.write(write) instanceof Write.Outcome.Conflict(var other)) {
            LOG.debug("{} was renewed by somebody else, at {}", own, other);
        }
    }

    private Draft draft() {
        var address = new EndpointAddress(configuration.advertiseAddress(), "", null, null);
        var subset = new EndpointSubset(List.of(address), List.of(), List.of());
        var object = new Endpoints(Edit.of(ObjectMeta.class).done(), List.of(subset));
        var encoded = catalog.of(Endpoints.class).codec().encode(object);
        return new Draft(Header.EMPTY, encoded.bytes(), encoded.revisionGap());
    }

    private List<String> servers() {
        var servers = new TreeSet<String>();
        store.fresh()
                .list(own.resource(), "", null)
                .forEachRemaining(entry -> servers.add(entry.key().name()));
        return new ArrayList<>(servers);
    }

    private void publish(List<String> servers) {
        new KubernetesService(registry, catalog)
                .publish(configuration.serviceCidr().at(1), servers, configuration.port());
    }

    /// Is published no more.
    @Override
    public void close() {
        var loop = running;
        if (loop == null || over) {
            return;
        }
        over = true;
        loop.stop();
        try {
            var current = store.snapshot().get(own);
            if (current != null) {
                store.write(Write.delete(own, current.revision(), draft()));
            }
            publish(servers());
        } catch (RuntimeException e) {
            LOG.warn("this server stays an endpoint of the Service kubernetes: {}", e.toString());
        }
    }
}
