package io.coxswain.cluster.commands;

import io.coxswain.base.Clock;
import io.coxswain.base.flags.Flag;
import io.coxswain.base.flags.FlagSet;
import io.coxswain.base.flags.UsageError;
import io.coxswain.cluster.Agent;
import io.coxswain.cluster.DataDirectory;
import io.coxswain.cluster.HostAddress;
import io.coxswain.cluster.Interrupts;
import io.coxswain.cluster.NetworkFacts;
import io.coxswain.cluster.NodePlaces;
import io.coxswain.cluster.NodeSettings;
import io.coxswain.cluster.PidFile;
import io.coxswain.cluster.Progress;
import io.coxswain.cluster.StartupException;
import io.coxswain.cluster.join.JoinToken;
import io.coxswain.cluster.join.Joining;
import io.coxswain.cluster.join.KeyPin;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// `cox agent`: this machine as one more node of a cluster, in the foreground, until Ctrl-C.
record AgentCommand() implements Command {

    record Flags(
            @Flag("The API server of the cluster: https://HOST:6443; several, separated by commas")
                    List<String> server,
            @Flag("A bootstrap token (cox token create); needed for the first start only")
                    String token,
            @Flag("The hash of the authority's key, sha256:…, as cox token create prints it")
                    List<String> discoveryTokenCaCertHash,
            @Flag("Where state, certificates and images are kept") String dataDir,
            @Flag("What the node is called; the host's name by default") String nodeName,
            @Flag("The same, by upstream's name") String hostnameOverride,
            @Flag("The address of the node; the host's by default") String nodeIp,
            @Flag("Labels of the node: key=value") List<String> nodeLabels,
            @Flag(value = "The port of the node server", def = "10250") int port,
            @Flag(value = "The link that pods are on", def = NodePlaces.BRIDGE) String bridge,
            @Flag("The control group of everything that runs; empty for the top") String cgroupRoot,
            @Flag("The range of Service addresses; the cluster says it by default")
                    String serviceCidr,
            @Flag("The range of pod addresses; the cluster says it by default") String clusterCidr,
            @Flag("The address of cluster DNS; the cluster says it by default") String clusterDns,
            @Flag(value = "Whether to install missing node packages: auto or never", def = "auto")
                    String installPackages) {

        Flags {
            if (!hostnameOverride.isEmpty()) {
                nodeName = hostnameOverride;
            }
        }

        Path directory() {
            return dataDir.isEmpty()
                    ? DataDirectory.standard(true, HostAddress.home())
                    : Path.of(dataDir);
        }
    }

    @Override
    public Class<Flags> flags() {
        return Flags.class;
    }

    @Override
    public int run(List<String> args) {
        var parsed = FlagSet.of(Flags.class).parse(args);
        if (!parsed.arguments().isEmpty()) {
            throw new UsageError("unknown argument: " + parsed.arguments().getFirst());
        }
        var flags = parsed.flags();
        var servers = servers(flags.server());
        var server = servers.getFirst();
        var progress = new Progress(System.out, Clock.SYSTEM);
        if (!HostAddress.root() || !System.getProperty("os.name").startsWith("Linux")) {
            throw new StartupException("a node runs containers, which needs root on Linux");
        }
        var data = DataDirectory.open(flags.directory());
        var settings = settings(flags, server, data);
        var configuration =
                new Agent.Configuration(
                        servers, joining(flags, servers, settings.name()), settings);
        Packages.prepare(flags.installPackages(), progress);
        try (var _ = PidFile.take(data);
                var _ = Agent.start(configuration, progress)) {
            progress.say(
                    "Node %s has joined in %.1f s: %s"
                            .formatted(settings.name(), progress.seconds(), server));
            Interrupts.await();
            progress.say("Stopping …");
        }
        return 0;
    }

    private static @Nullable Joining joining(Flags flags, List<URI> servers, String node) {
        flags.discoveryTokenCaCertHash().forEach(KeyPin::check);
        return flags.token().isEmpty()
                ? null
                : new Joining(
                        servers,
                        JoinToken.parse(flags.token()),
                        flags.discoveryTokenCaCertHash(),
                        node);
    }

    private static NodeSettings settings(Flags flags, URI server, DataDirectory data) {
        var name = flags.nodeName().isEmpty() ? HostAddress.name() : flags.nodeName();
        if (!name.matches("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?")) {
            throw new StartupException(
                    "a node cannot be called \"" + name + "\"; choose a name with --node-name");
        }
        var address = flags.nodeIp().isEmpty() ? address(server) : flags.nodeIp();
        if (HostAddress.parse(address).isLoopbackAddress()) {
            throw new StartupException(
                    "this machine has no address but loopback; give one with --node-ip");
        }
        return new NodeSettings(
                name,
                address,
                flags.port(),
                labels(flags.nodeLabels()),
                new NetworkFacts(flags.serviceCidr(), flags.clusterCidr(), flags.clusterDns()),
                new NodePlaces(data, flags.bridge(), flags.cgroupRoot()));
    }

    private static String address(URI server) {
        var there = new InetSocketAddress(server.getHost(), server.getPort());
        if (there.isUnresolved()) {
            throw new StartupException("the host of --server is not known: " + server.getHost());
        }
        return HostAddress.towards(there);
    }

    private static Map<String, String> labels(List<String> given) {
        var labels = new LinkedHashMap<String, String>();
        for (var list : given) {
            for (var label : list.split(",")) {
                var equals = label.indexOf('=');
                if (equals < 1) {
                    throw new StartupException("--node-labels: expected key=value, not " + label);
                }
                labels.put(label.substring(0, equals), label.substring(equals + 1));
            }
        }
        return labels;
    }

    private static List<URI> servers(List<String> given) {
        var servers =
                given.stream()
                        .flatMap(text -> Stream.of(text.split(",")))
                        .filter(text -> !text.isEmpty())
                        .map(AgentCommand::server)
                        .toList();
        if (servers.isEmpty()) {
            throw new StartupException("--server is needed: the cluster's https://HOST:6443");
        }
        return servers;
    }

    private static URI server(String text) {
        try {
            var whole = text.contains("://") ? text : "https://" + text;
            var uri = new URI(whole);
            if (!"https".equals(uri.getScheme().toLowerCase(Locale.ROOT))
                    || uri.getHost() == null) {
                throw new StartupException("--server must be https://HOST:PORT, not " + text);
            }
            var port = uri.getPort() < 0 ? 6443 : uri.getPort();
            return new URI("https", null, uri.getHost(), port, null, null, null);
        } catch (URISyntaxException e) {
            throw new StartupException("--server must be https://HOST:PORT, not " + text);
        }
    }
}
