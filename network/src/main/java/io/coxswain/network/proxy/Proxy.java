package io.coxswain.network.proxy;

import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.client.Informer;
import io.coxswain.client.Informers;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;

/// Keeps the node's service rules what Services and EndpointSlices say they should be.
///
/// The guards are there before anything else is known. A table that an earlier run left stays in
/// force until the first lists have arrived, and is then replaced in one step. Changes that come
/// quickly after each other are applied together.
public final class Proxy implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Proxy.class);

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final Duration CHECK = Duration.ofSeconds(30);

    private final ProxyConfiguration configuration;
    private final Informer<Service> services;
    private final Informer<EndpointSlice> slices;
    private final ProxyEdges edges;
    private final Loops loops;

    private Loops.@Nullable Running running;
    private @Nullable RuleSet applied;
    private boolean guarded;
    private volatile boolean inForce;
    private Instant nextApply = Instant.MIN;
    private Instant nextCheck = Instant.MIN;

    public Proxy(
            ProxyConfiguration configuration, Informers informers, ProxyEdges edges, Loops loops) {
        this.configuration = configuration;
        this.services = informers.of(Service.class);
        this.slices = informers.of(EndpointSlice.class);
        this.edges = edges;
        this.loops = loops;
    }

    public void start() {
        var settings = edges.settings();
        settings.set("net/ipv4/ip_forward", "1");
        // Else an answer from a pod to its neighbour on the bridge would not be translated back.
        settings.set("br_netfilter", "net/bridge/bridge-nf-call-iptables", "1");
        if (configuration.localhostNodePorts()) {
            settings.set("net/ipv4/conf/all/route_localnet", "1");
        }
        var loop = loops.start("proxy", this::runOnce);
        running = loop;
        services.onChange((before, after) -> loop.wake());
        slices.onChange((before, after) -> loop.wake());
        services.onSynced(loop::wake);
        slices.onSynced(loop::wake);
    }

    /// Whether the rules for all that was known at first are in force.
    public boolean ready() {
        return inForce;
    }

    /// Takes all rules away and gives the kernel's settings back.
    @Override
    public void close() {
        if (running != null) {
            running.stop();
        }
        cleanup(edges);
    }

    /// Takes away what an earlier run may have left.
    public static void cleanup(ProxyEdges edges) {
        try {
            edges.nftables().delete();
        } finally {
            edges.settings().restore();
        }
    }

    private Loop.Next runOnce() {
        guard();
        if (!services.synced() || !slices.synced()) {
            return Loop.Next.WHEN_WOKEN;
        }
        var now = loops.clock().now();
        if (now.isBefore(nextApply)) {
            return Loop.Next.at(nextApply);
        }
        nextApply = now.plus(PAUSE);
        check(now);
        apply(RuleSet.of(configuration, services.all().toList(), slices.all().toList()));
        inForce = true;
        return Loop.Next.at(nextCheck);
    }

    private void guard() {
        if (!guarded) {
            if (!edges.nftables().present()) {
                edges.nftables().apply(NftText.whole(RuleSet.empty(configuration)));
            }
            guarded = true;
        }
    }

    /// Another program may have thrown all tables away.
    private void check(Instant now) {
        if (now.isBefore(nextCheck)) {
            return;
        }
        if (applied != null && !edges.nftables().present()) {
            log.warn("the table {} is gone; writing it again", NftText.TABLE);
            applied = null;
        }
        nextCheck = now.plus(CHECK);
    }

    private void apply(RuleSet wanted) {
        var before = applied;
        var text = before == null ? NftText.whole(wanted) : NftText.change(before, wanted);
        if (text.isEmpty()) {
            applied = wanted;
            return;
        }
        applied = null; // Until it is done nothing is certain; a retry writes the whole table.
        edges.nftables().apply(text);
        applied = wanted;
        // What an earlier run sent somewhere may be wrong by now.
        var known = before == null ? RuleSet.empty(configuration) : before;
        StaleFlows.between(known, wanted).forEach(edges.conntrack()::forget);
    }
}
