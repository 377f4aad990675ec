package io.coxswain.cluster;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Node;
import io.coxswain.api.schema.ApiError;
import io.coxswain.base.Clock;
import io.coxswain.base.Loops;
import io.coxswain.base.ThreadLoops;
import io.coxswain.client.Client;
import io.coxswain.cluster.join.Joining;
import io.coxswain.cluster.join.Membership;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This machine as one more node of a cluster that runs elsewhere.
public final class Agent implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Agent.class);

    private final Loops loops = new ThreadLoops(Clock.SYSTEM);
    private final Progress progress;
    private @Nullable Membership membership;
    private @Nullable LocalNode node;

    /// What an agent is started with.
    ///
    /// @param joining how to join where the machine is no member yet; null without a token
    /// @param settings with what is known of the network; the rest the cluster says
    public record Configuration(
            List<URI> servers, @Nullable Joining joining, NodeSettings settings) {}

    private Agent(Progress progress) {
        this.progress = progress;
    }

    /// Joins, if the machine has not before, and returns when the node is ready. What was started
    /// stops again when something fails.
    public static Agent start(Configuration configuration, Progress progress) {
        var agent = new Agent(progress);
        try {
            agent.begin(configuration);
            return agent;
        } catch (RuntimeException e) {
            try {
                agent.close();
            } catch (RuntimeException second) {
                e.addSuppressed(second);
            }
            throw e;
        }
    }

    private void begin(Configuration configuration) {
        var wanted = configuration.settings();
        var known = wanted.places().data().pki();
        var servers = configuration.servers();
        var member = Membership.stored(servers, wanted.name(), known, Clock.SYSTEM);
        var joining = configuration.joining();
        var fresh = member == null || !accepted(member, joining != null, servers);
        if (fresh) {
            if (joining == null) {
                throw new StartupException(
                        "this machine is no member of the cluster yet, so --token is needed; make"
                                + " one with: cox token create");
            }
            member = joining.join(known, progress, Clock.SYSTEM);
        }
        if (member == null) {
            throw new IllegalStateException("no membership");
        }
        membership = member;
        var client = member.client("kubelet");
        if (fresh) {
            checkName(client, wanted);
        }
        var settings = withNetwork(wanted, client);
        var machine = LocalNode.prepare(wanted.places(), loops, progress);
        node = machine;
        member.renewing(loops);
        machine.start(settings, client, client, member.serving(settings.address(), loops));
    }

    /// Whether the cluster still knows this machine. With a token in hand it can join anew.
    private boolean accepted(Membership member, boolean canJoin, List<URI> servers) {
        try {
            member.client("kubelet")
                    .find(ConfigMap.class, NetworkFacts.NAMESPACE, NetworkFacts.NAME);
            progress.done("member of the cluster since an earlier start");
            return true;
        } catch (ApiError | UncheckedIOException e) {
            if (canJoin) {
                progress.say("The certificate of an earlier start is of no use; joining again.");
                member.close();
                return false;
            }
            throw new StartupException(
                    "the cluster at "
                            + servers.getFirst()
                            + " cannot be reached as a member: "
                            + e.getMessage()
                            + ". To join anew, give --token.");
        }
    }

    /// Two machines with one name would each take over what the other does.
    private static void checkName(Client client, NodeSettings settings) {
        var present = client.find(Node.class, "", settings.name());
        var taken =
                present != null
                        && present.status().addresses().stream()
                                .filter(it -> it.type().equals("InternalIP"))
                                .noneMatch(it -> it.address().equals(settings.address()))
                        && present.status().conditions().stream()
                                .anyMatch(it ->
                                        it.type().equals("Ready") && it.status().equals("True"));
        if (taken) {
            throw new StartupException(
                    "another machine is the node "
                            + settings.name()
                            + " of this cluster. Choose another name with --node-name.");
        }
    }

    private static NodeSettings withNetwork(NodeSettings settings, Client client) {
        var network = settings.network();
        if (!network.complete()) {
            var stored = client.find(ConfigMap.class, NetworkFacts.NAMESPACE, NetworkFacts.NAME);
            network = stored == null ? network : network.or(NetworkFacts.of(stored));
        }
        if (!network.complete()) {
            throw new StartupException(
                    "the cluster does not say what its network is; give --service-cidr,"
                            + " --cluster-cidr and --cluster-dns");
        }
        return new NodeSettings(
                settings.name(),
                settings.address(),
                settings.port(),
                settings.labels(),
                network,
                settings.places());
    }

    /// Ends everything that was started, containers included. The machine stays a member.
    @Override
    public void close() {
        var last = membership;
        var machine = node;
        Part first = machine == null ? () -> {} : machine;
        try (var _ = last;
                var _ = loops;
                first) {
            LOG.debug("stopping");
        }
    }
}
