package io.coxswain.network.dns;

import io.coxswain.api.core.Namespace;
import io.coxswain.api.core.Service;
import io.coxswain.api.discovery.EndpointSlice;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.Resource;
import io.coxswain.base.Loop;
import io.coxswain.base.Loops;
import io.coxswain.client.Client;
import io.coxswain.client.Informer;
import io.coxswain.client.Informers;
import io.coxswain.http.dns.DnsAnswer;
import io.coxswain.http.dns.DnsQuestion;
import io.coxswain.http.dns.DnsReply;
import io.coxswain.http.dns.DnsServer;
import io.coxswain.http.dns.DnsType;
import io.coxswain.network.host.Ipv4;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers names for the pods of a cluster, on one node.
///
/// Before the first lists have arrived every answer is a failure, which clients retry: a name that
/// was said not to exist they would believe.
public final class ClusterDns implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ClusterDns.class);

    private static final Duration PAUSE = Duration.ofMillis(100);

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
        var objects = DnsObjects.of(configuration, listening.port());
        var loop = loops.start("cluster-dns", () -> runOnce(objects));
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

    /// Whether it knows the cluster's names.
    public boolean ready() {
        return zone != null;
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

    Loop.Next runOnce(DnsObjects objects) {
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
        keep(objects);
        return Loop.Next.WHEN_WOKEN;
    }

    /// Makes the Service and the slice if they are missing, and corrects the slice. A fault is
    /// reported and tried again by the loop's driver.
    private void keep(DnsObjects objects) {
        var present = services.find(DnsObjects.NAMESPACE, DnsObjects.NAME);
        if (present == null) {
            create(objects.service());
        } else if (!present.spec().clusterIP().equals(configuration.serviceAddress())) {
            log.warn(
                    "the Service kube-dns has the address {}, but pods are told to ask {}",
                    present.spec().clusterIP(),
                    configuration.serviceAddress());
        }
        var wanted = objects.slice();
        var slice = slices.find(wanted.namespace(), wanted.name());
        if (slice == null) {
            create(wanted);
        } else if (!same(slice, wanted)) {
            client.update(Edit.with(wanted, EndpointSlice::metadata, slice.metadata()));
        }
    }

    private <T extends Resource> void create(T object) {
        if (client.find(classOf(object), object.namespace(), object.name()) == null) {
            client.create(object);
        }
    }

    @SuppressWarnings("unchecked")
    private static <T> Class<T> classOf(T object) {
        return (Class<T>) object.getClass();
    }

    private static List<String> addresses(EndpointSlice slice) {
        return slice.endpoints().stream().flatMap(one -> one.addresses().stream()).toList();
    }

    private static boolean same(EndpointSlice slice, EndpointSlice wanted) {
        return slice.ports().equals(wanted.ports()) && addresses(slice).equals(addresses(wanted));
    }
}
