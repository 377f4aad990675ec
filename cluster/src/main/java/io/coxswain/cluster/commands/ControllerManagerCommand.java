package io.coxswain.cluster.commands;

import io.coxswain.apiserver.policy.TypeCheck;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.base.Clock;
import io.coxswain.base.Loops;
import io.coxswain.base.flags.Flag;
import io.coxswain.base.flags.FlagSet;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.Pem;
import io.coxswain.client.Client;
import io.coxswain.client.Informers;
import io.coxswain.client.controller.Registration;
import io.coxswain.cluster.StartupException;
import io.coxswain.cluster.security.PolicyStatus;
import io.coxswain.controllers.ClusterControllers;
import io.coxswain.controllers.ControllerManager;
import io.coxswain.controllers.Controllers;
import io.coxswain.controllers.Identities;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// `cox kube-controller-manager`: the controllers in a process of their own.
record ControllerManagerCommand() implements Command {

    private static final int PORT = 10257;

    record Flags(
            ComponentFlags component,
            @Flag("Whether each controller acts as a service account of its own")
                    boolean useServiceAccountCredentials,
            @Flag("The authority that pods are to trust, published in every namespace")
                    String rootCaFile,
            @Flag("The authority that signs what was asked for through the API")
                    String clusterSigningCertFile,
            @Flag("Its key") String clusterSigningKeyFile,
            @Flag(value = "How long a signed certificate is good for at most", def = "8760h")
                    Duration clusterSigningDuration,
            @Flag("Whether nodes get their pod addresses from --cluster-cidr")
                    boolean allocateNodeCidrs,
            @Flag("The range of pod addresses") String clusterCidr,
            @Flag(value = "The prefix of each node's part of it", def = "24")
                    int nodeCidrMaskSize) {}

    @Override
    public Class<Flags> flags() {
        return Flags.class;
    }

    @Override
    public int run(List<String> args) {
        var flags = FlagSet.of(Flags.class).parse(args).flags();
        var fixed = fixed(flags);
        return new Component(
                        "kube-controller-manager",
                        PORT,
                        (client, informers, loops) -> start(flags, fixed, client, informers, loops))
                .run(flags.component());
    }

    private static AutoCloseable start(
            Flags flags,
            List<Registration<?>> fixed,
            Client client,
            Informers informers,
            Loops loops) {
        var accounts = new AccountClients(client, flags.component().asNobody(), loops.clock());
        Function<String, Client> clients =
                flags.useServiceAccountCredentials() ? accounts : account -> client;
        var approver = clients.apply(Identities.account("csrapproving"));
        var manager = new ControllerManager(clients, informers, loops, all(fixed, approver));
        manager.start();
        return () -> {
            manager.close();
            accounts.close();
        };
    }

    private static List<Registration<?>> all(List<Registration<?>> fixed, Client client) {
        var all = new ArrayList<Registration<?>>(Controllers.all());
        all.addAll(ClusterControllers.joining(client));
        all.add(PolicyStatus.registration(new TypeCheck(new Catalog())));
        all.addAll(fixed);
        return List.copyOf(all);
    }

    /// Those that need a flag; a flag that is wrong is found here, before anything starts.
    private static List<Registration<?>> fixed(Flags flags) {
        var all = new ArrayList<Registration<?>>();
        try {
            if (!flags.rootCaFile().isEmpty()) {
                var trusted = Pem.readCertificates(Path.of(flags.rootCaFile()));
                all.add(Controllers.publisher(Pem.encode(trusted)));
            }
            if (!flags.clusterSigningCertFile().isEmpty()) {
                var authority =
                        CertificateAuthority.load(
                                Path.of(flags.clusterSigningCertFile()),
                                Path.of(flags.clusterSigningKeyFile()),
                                Clock.SYSTEM);
                all.add(ClusterControllers.signing(authority, flags.clusterSigningDuration()));
            }
            if (flags.allocateNodeCidrs()) {
                all.add(
                        ClusterControllers.nodeAddresses(
                                flags.clusterCidr(), flags.nodeCidrMaskSize()));
            }
        } catch (IllegalArgumentException | UncheckedIOException e) {
            throw new StartupException(String.valueOf(e.getMessage()));
        }
        return all;
    }
}
