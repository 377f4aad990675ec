package io.coxswain.cluster;

import io.coxswain.apiserver.ApiServer;
import io.coxswain.apiserver.ApiServerConfiguration;
import io.coxswain.apiserver.FrontProxy;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authentication.LegacyTokens;
import io.coxswain.apiserver.authentication.Tokens;
import io.coxswain.apiserver.filters.RequestPatience;
import io.coxswain.apiserver.policy.TypeCheck;
import io.coxswain.base.Loops;
import io.coxswain.base.tls.TlsIdentity;
import io.coxswain.client.ApiClient;
import io.coxswain.client.Client;
import io.coxswain.client.controller.Registration;
import io.coxswain.client.informer.SharedInformers;
import io.coxswain.client.runtime.LeaderElection.Candidacy;
import io.coxswain.cluster.join.JoinSetup;
import io.coxswain.cluster.security.PolicyStatus;
import io.coxswain.cluster.security.SecurityParts;
import io.coxswain.cluster.store.OpenStore;
import io.coxswain.cluster.store.StoreEndpoint;
import io.coxswain.controllers.ClusterControllers;
import io.coxswain.controllers.ControllerManager;
import io.coxswain.controllers.Controllers;
import io.coxswain.controllers.Identities;
import io.coxswain.controllers.serviceaccount.TokenSecrets;
import io.coxswain.http.DirectClient;
import io.coxswain.http.Handler;
import io.coxswain.http.HttpServer;
import io.coxswain.http.Limits;
import io.coxswain.http.Peer;
import io.coxswain.http.ServerOptions;
import io.coxswain.http.ServerTls;
import io.coxswain.network.dns.DnsPublisher;
import io.coxswain.scheduler.Scheduler;
import io.coxswain.scheduler.SchedulerConfiguration;
import io.coxswain.storage.Store;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A control plane in this process: store, API server, controllers, scheduler, in start order. The
/// components meet only in API objects; each has a client of its own, with its own identity, that
/// calls the API server directly.
public final class ControlPlane implements Part {

    private static final Logger LOG = LoggerFactory.getLogger(ControlPlane.class);

    /// Where in-process parts and pods find it by name, beside the service addresses.
    private static final List<String> DNS_NAMES =
            List.of(
                    "localhost",
                    "kubernetes",
                    "kubernetes.default",
                    "kubernetes.default.svc",
                    "kubernetes.default.svc.cluster.local");

    /// As much as upstream reads; long selectors and tokens travel in heads.
    private static final int HEAD_BYTES_MAX = 1 << 20;

    private static final int HEAD_FIELDS_MAX = 20_000;

    private static final Duration CERTIFICATES_LAST = Duration.ofDays(365);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final ApiServer apiServer;
    private final HttpServer httpServer;
    private final Handler handler;
    private final Loops loops;
    private final RandomGenerator random;

    private ControlPlane(
            ControlPlaneConfiguration configuration,
            Pki pki,
            DataDirectory data,
            Loops loops,
            Progress progress) {
        this.loops = loops;
        this.random = new Random();
        var clock = loops.clock();

        var encryption = configuration.protection().open(clock);
        if (encryption != null) {
            keep(encryption);
            keep(loops.start("encryption-at-rest", encryption)::stop);
        }
        var open = keep(OpenStore.open(configuration.store(), data, encryption, loops));
        var store = open.store();
        progress.done("store open, revision " + store.snapshot().revision());

        // The port must be known before the API server says where it is.
        var late = new LateHandler();
        var security = keep(SecurityParts.start(configuration.security(), pki, loops));
        var identity = identity(configuration, pki);
        var tls = new ServerTls(name -> identity, security::authorities);
        this.httpServer = keep(listen(configuration, tls, late));
        var nodes = keep(new NodeConnections(pki.authorities(), pki.kubeletClient()));
        this.apiServer =
                keep(
                        new ApiServer(
                                new ApiServerConfiguration(
                                                configuration.addresses().advertised(),
                                                httpServer.port(),
                                                configuration.addresses().services(),
                                                configuration.api().anonymous(),
                                                configuration.api().tokens(),
                                                security.signing(),
                                                security.issuer())
                                        .withLimits(configuration.api().limits())
                                        .withFrontProxy(
                                                new FrontProxy(
                                                        pki.authorityPem(),
                                                        pki.frontProxyAuthorityPem(),
                                                        pki.frontProxy()))
                                        .serving(configuration.api().serving())
                                        .withAdmission(configuration.protection().admission())
                                        .withSecurity(security.security()),
                                store,
                                nodes,
                                clock,
                                random));
        apiServer.start(loops);
        this.handler = new StoreEndpoint(apiServer, open, data.root());
        late.set(handler);
        progress.done("API server listening on " + uri());

        if (configuration.whole()) {
            setUpJoining(configuration, pki);
            var signing = security.signing();
            lead(
                    "kube-controller-manager",
                    store,
                    () -> startControllers(configuration, pki, signing));
            progress.done("controllers started");
            lead("kube-scheduler", store, this::startScheduler);
            progress.done("scheduler started");
        }
        keep(() -> drain(configuration));
    }

    /// Runs a component here, unless another control plane on the same store does.
    private void lead(String name, Store store, Supplier<? extends AutoCloseable> component) {
        if (!store.shared()) {
            keep(component.get());
            return;
        }
        var identity = HostAddress.name() + "_" + UUID.randomUUID();
        var candidacy = Candidacy.of("kube-system", name, identity);
        var user = User.of("system:" + name, User.AUTHENTICATED);
        var candidate = keep(new Candidate(client(user, name), loops, candidacy, component));
        candidate.start();
    }

    /// Lets clients go to other servers before anything stops: says that it is not ready, is no
    /// longer an endpoint of the Service `kubernetes`, finishes what it has begun.
    private void drain(ControlPlaneConfiguration configuration) {
        apiServer.retire();
        loops.clock().pause(configuration.shutdownDelay());
        httpServer.close();
    }

    /// Starts everything; what was started is stopped again when a later part fails.
    public static ControlPlane start(
            ControlPlaneConfiguration configuration,
            Pki pki,
            DataDirectory data,
            Loops loops,
            Progress progress) {
        return new ControlPlane(configuration, pki, data, loops, progress);
    }

    public URI uri() {
        return URI.create("https://127.0.0.1:" + httpServer.port());
    }

    public int port() {
        return httpServer.port();
    }

    /// A client in this process that acts as `user`.
    public Client client(User user, String component) {
        return new ApiClient(new DirectClient(handler, Peer.inProcess(user)), component);
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                LOG.warn("a part of the control plane did not stop cleanly", e);
            }
        }
    }

    /// What machines need that join; nodes of this process as well.
    private void setUpJoining(ControlPlaneConfiguration configuration, Pki pki) {
        var client = client(User.of("system:cluster-setup", User.MASTERS), "cox");
        var host = configuration.addresses().advertised();
        var server = URI.create("https://" + host + ":" + httpServer.port());
        new JoinSetup(client)
                .run(server, pki.authorityPem(), configuration.addresses().network().stored());
    }

    private AutoCloseable startControllers(
            ControlPlaneConfiguration configuration, Pki pki, KeyPair accountKeys) {
        var user = User.of("system:kube-controller-manager", User.AUTHENTICATED);
        var client = client(user, "kube-controller-manager");
        var informers = new SharedInformers(client, loops, random);
        var all = new ArrayList<Registration<?>>(Controllers.with(pki.authorityPem()));
        all.addAll(ClusterControllers.joining(controller(Identities.account("csrapproving"))));
        all.add(ClusterControllers.signing(pki.signer(), CERTIFICATES_LAST));
        all.add(tokenSecrets(accountKeys, pki));
        all.add(nodeAddresses(configuration));
        all.add(PolicyStatus.registration(new TypeCheck(apiServer.catalog())));
        all.add(DnsPublisher.registration(configuration.addresses().network().dnsAddress()));
        var manager = new ControllerManager(this::controller, informers, loops, List.copyOf(all));
        manager.start();
        return both(manager, informers);
    }

    /// Gives Secrets that ask for one a token.
    private static Registration<?> tokenSecrets(KeyPair accountKeys, Pki pki) {
        var tokens = new Tokens(accountKeys);
        return TokenSecrets.registration(
                (account, secret) -> tokens.sign(LegacyTokens.claims(account, secret)),
                pki.authorityPem());
    }

    /// A client that acts as the service account of a controller.
    private Client controller(String account) {
        var groups = Identities.groups().toArray(String[]::new);
        return client(User.of(Identities.user(account), groups), account);
    }

    private static Registration<?> nodeAddresses(ControlPlaneConfiguration configuration) {
        try {
            return ClusterControllers.nodeAddresses(
                    configuration.addresses().pods(), configuration.addresses().nodeMaskSize());
        } catch (IllegalArgumentException e) {
            throw new StartupException("--cluster-cidr: " + e.getMessage());
        }
    }

    private AutoCloseable startScheduler() {
        var client = client(User.of("system:kube-scheduler", User.AUTHENTICATED), "kube-scheduler");
        var informers = new SharedInformers(client, loops, random);
        var scheduler =
                new Scheduler(SchedulerConfiguration.DEFAULT, client, informers, loops, random);
        scheduler.start();
        return both(scheduler, informers);
    }

    private static AutoCloseable both(AutoCloseable first, AutoCloseable second) {
        return () -> {
            try (second) {
                first.close();
            }
        };
    }

    private TlsIdentity identity(ControlPlaneConfiguration configuration, Pki pki) {
        var addresses = new ArrayList<InetAddress>();
        addresses.add(HostAddress.parse("127.0.0.1"));
        addresses.add(HostAddress.parse(configuration.addresses().services().at(1)));
        var advertised = HostAddress.parse(configuration.addresses().advertised());
        if (!addresses.contains(advertised)) {
            addresses.add(advertised);
        }
        return pki.apiServer(DNS_NAMES, addresses);
    }

    private static HttpServer listen(
            ControlPlaneConfiguration configuration, ServerTls tls, LateHandler handler) {
        var options =
                new ServerOptions(
                        "kube-apiserver",
                        configuration.addresses().bind(),
                        tls,
                        Limits.DEFAULT
                                .withHeads(HEAD_BYTES_MAX, HEAD_FIELDS_MAX)
                                .withStreamsMax(configuration.api().limits().streamsMax()),
                        new RequestPatience(configuration.api().limits().timeout()),
                        configuration.api().limits().goAwayChance());
        try {
            return HttpServer.start(options, handler);
        } catch (UncheckedIOException e) {
            var cause = e.getCause();
            throw new StartupException(
                    (cause == null ? e : cause).getMessage()
                            + ". Choose another port with --https-port (0 for any).");
        }
    }

    private <T extends AutoCloseable> T keep(T part) {
        running.push(part);
        return part;
    }
}
