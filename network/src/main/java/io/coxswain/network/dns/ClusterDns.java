package io.coxswain.network.dns;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.Informer;
import io.coxswain.client.Informers;
import io.coxswain.client.Patch;
import io.coxswain.http.dns.DnsAnswer;
import io.coxswain.http.dns.DnsQuestion;
import io.coxswain.http.dns.DnsReply;
import io.coxswain.http.dns.DnsServer;
import io.coxswain.http.dns.DnsType;
import io.coxswain.network.host.Ipv4;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Answers names for the pods of a cluster, on one node.
///
/// Before the first lists have arrived every answer is a failure, which clients retry: a name that
/// was said not to exist they would believe.
public final class ClusterDns implements AutoCloseable {

    private static final Duration PAUSE = Duration.ofMillis(100);

    /// How often it looks for the Node object while there is none.
    private static final Duration RETRY = Duration.ofMillis(200);

    private final DnsConfiguration configuration;
    private final Client client;
    private final Informer<Namespace> namespaces;
    private final Informer<Service> services;
    private final Informer<EndpointSlice> slices;
    private final Loops loops;
    private final Forwarder forwarder;

    private volatile @Nullable Zone zone;
    private @Nullable DnsServer server;
    private Loops.@Nullable Running running;
    private Instant nextZone = Instant.MIN;
    private int announcedPort;

    public ClusterDns(
            DnsConfiguration configuration, Client client, Informers informers, Loops loops) {
        this.configuration = configuration;
        this.client = client;
        this.namespaces = informers.of(Namespace.class);
        this.services = informers.of(Service.class);
        this.slices = informers.of(EndpointSlice.class);
        this.loops = loops;
        this.forwarder = new Forwarder(configuration.upstreams());
    }

    /// Listens, then fills the zone as lists arrive. Throws when the address cannot be bound.
    public void start() {
        var address =
                new InetSocketAddress(
                        Ipv4.parse(configuration.nodeAddress()), configuration.port());
        var listening = DnsServer.start(address, this::handle);
        server = listening;
        var loop = loops.start("cluster-dns", this::runOnce);
        running = loop;
        namespaces.onChange((before, after) -> loop.wake());
        services.onChange((before, after) -> loop.wake());
        slices.onChange((before, after) -> loop.wake());
        namespaces.onSynced(loop::wake);
        services.onSynced(loop::wake);
        slices.onSynced(loop::wake);
    }

    /// Where it listens; 0 before it does.
    public int port() {
        return server == null ? 0 : server.port();
    }

    /// Whether it knows the cluster's names, and the cluster where it is.
    public boolean ready() {
        var name = DnsObjects.sliceName(configuration.nodeName());
        var slice = slices.find(DnsObjects.NAMESPACE, name);
        return zone != null
                && slice != null
                && slice.ports().stream().anyMatch(it -> Integer.valueOf(port()).equals(it.port()));
    }

    @Override
    public void close() {
        if (running != null) {
            running.stop();
        }
        if (server != null) {
            server.close();
        }
    }

    void handle(DnsQuestion question, Consumer<DnsReply> answer) {
        var present = zone;
        if (present == null) {
            answer.accept(DnsReply.failed(DnsReply.Code.SERVER_FAILURE));
            return;
        }
        var reply = present.answer(question.name(), question.type());
        if (reply == null) {
            forwarder.forward(question, answer);
            return;
        }
        if (reply.answers().size() == 1
                && reply.answers().getFirst() instanceof DnsAnswer.Cname alias
                && question.type() != DnsType.CNAME
                && forwarder.any()) {
            forwarder.follow(question, alias, answer);
            return;
        }
        answer.accept(reply);
    }

    Loop.Next runOnce() {
        if (!namespaces.synced() || !services.synced() || !slices.synced()) {
            return Loop.Next.WHEN_WOKEN;
        }
        var now = loops.clock().now();
        if (now.isBefore(nextZone)) {
            return Loop.Next.at(nextZone);
        }
        nextZone = now.plus(PAUSE);
        zone =
                Zone.of(
                        configuration,
                        (int) now.getEpochSecond(),
                        namespaces.all().toList(),
                        services.all().toList(),
                        slices.all().toList());
        return announced() ? Loop.Next.WHEN_WOKEN : Loop.Next.in(loops.clock(), RETRY);
    }

    /// Says on the Node object where it listens, as soon as there is one; from there the rest of
    /// the cluster learns it.
    private boolean announced() {
        if (port() == announcedPort) {
            return true;
        }
        var annotations = Json.EMPTY.with(DnsObjects.ANNOTATION, Json.of(Integer.toString(port())));
        var body = Json.EMPTY.with("metadata", Json.EMPTY.with("annotations", annotations));
        try {
            client.patch(Node.class, "", configuration.nodeName(), Patch.merge(body));
        } catch (ApiError error) {
            if (!error.notFound()) {
                throw error;
            }
            return false;
        }
        announcedPort = port();
        return true;
    }
}
