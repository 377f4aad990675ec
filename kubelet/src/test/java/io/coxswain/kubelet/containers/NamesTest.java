package io.coxswain.kubelet.containers;

import static io.coxswain.kubelet.testing.Pods.container;
import static io.coxswain.kubelet.testing.Pods.pod;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.core.PodSpec;
import io.coxswain.api.core.PodSpec.HostAlias;
import io.coxswain.api.core.PodSpec.PodDNSConfig;
import io.coxswain.api.core.PodSpec.PodDNSConfigOption;
import io.coxswain.api.schema.Edit;
import io.coxswain.kubelet.runtime.DnsConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Names and name resolution inside pods.
class NamesTest {

    private static final NodeFacts NODE =
            new NodeFacts(
                    "node-1",
                    Path.of("/k"),
                    Path.of("/l"),
                    List.of("192.0.2.1"),
                    List.of("10.96.0.10"),
                    "cluster.local",
                    Path.of("/etc/resolv.conf"),
                    Map.of(),
                    1);
    private static final DnsConfig HOST =
            Resolution.parse("nameserver 192.0.2.53\nsearch example.com\noptions ndots:1 rotate\n");

    @Test
    void theHostsFileNamesThePodItsDomainAndItsAliases() {
        var subject =
                pod("web")
                        .spec(spec ->
                                Edit.of(spec)
                                        .set(PodSpec::hostname, "busy")
                                        .set(PodSpec::subdomain, "sub")
                                        .set(
                                                PodSpec::hostAliases,
                                                List.of(
                                                        new HostAlias(
                                                                "1.2.3.4", List.of("a", "b"))))
                                        .done())
                        .container(container("app"))
                        .build();

        assertThat(Names.hosts(subject, List.of("10.244.0.2"), "cluster.local"))
                .startsWith("# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n")
                .contains("10.244.0.2\tbusy.sub.default.svc.cluster.local\tbusy\n")
                .endsWith("\n# Entries added by HostAliases.\n1.2.3.4\ta\tb\n");
        assertThat(Names.hostname(subject, "cluster.local")).isEqualTo("busy");
    }

    @Test
    void aLongNameIsCutWhereAHostNameMayEnd() {
        var name = "a".repeat(62) + "-" + "b".repeat(20);
        var subject = pod(name).container(container("app")).build();
        assertThat(Names.hostname(subject, "cluster.local")).isEqualTo("a".repeat(62));
    }

    @Test
    void clusterFirstAsksTheClusterAndSearchesTheNamespaceFirst() {
        var config = Resolution.of(pod("web").container(container("app")).build(), NODE, HOST);
        assertThat(config.servers()).containsExactly("10.96.0.10");
        assertThat(config.searches())
                .containsExactly(
                        "default.svc.cluster.local",
                        "svc.cluster.local",
                        "cluster.local",
                        "example.com");
        assertThat(config.options()).containsExactly("ndots:5");
    }

    @Test
    void hostNetworkAndDefaultPolicyGetTheHostsServers() {
        var host =
                pod("web")
                        .spec(spec -> Edit.with(spec, PodSpec::hostNetwork, true))
                        .container(container("app"))
                        .build();
        assertThat(Resolution.of(host, NODE, HOST)).isEqualTo(HOST);
    }

    @Test
    void policyNoneUsesOnlyWhatThePodSays() {
        var own =
                new PodDNSConfig(
                        List.of("9.9.9.9"),
                        List.of("x.y"),
                        List.of(
                                new PodDNSConfigOption("ndots", "2"),
                                new PodDNSConfigOption("edns0", null)));
        var subject =
                pod("web")
                        .spec(spec ->
                                Edit.of(spec)
                                        .set(PodSpec::dnsPolicy, "None")
                                        .set(PodSpec::dnsConfig, own)
                                        .done())
                        .container(container("app"))
                        .build();
        assertThat(Resolution.of(subject, NODE, HOST))
                .isEqualTo(
                        new DnsConfig(
                                List.of("9.9.9.9"), List.of("x.y"), List.of("ndots:2", "edns0")));
    }

    @Test
    void aBrokenResolvConfGivesWhatCanBeRead() {
        assertThat(Resolution.parse("\nnameserver\nsearch\nnonsense x y\n"))
                .isEqualTo(new DnsConfig(List.of(), List.of(), List.of()));
    }
}
