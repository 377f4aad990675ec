package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Pod;
import java.util.List;

/// The names of a pod as its containers see them: host name, domain, and the `/etc/hosts` file.
final class Names {

    private static final int HOSTNAME_MAX = 63;

    private Names() {}

    /// The host name inside the pod.
    static String hostname(Pod pod, String clusterDomain) {
        var override = pod.spec().hostnameOverride();
        if (override != null && !override.isEmpty()) {
            return override;
        }
        var domain = domain(pod, clusterDomain);
        var asFqdn = Boolean.TRUE.equals(pod.spec().setHostnameAsFQDN());
        return asFqdn && !domain.isEmpty() ? shortName(pod) + "." + domain : shortName(pod);
    }

    /// The domain under which the pod is found; empty when it has no subdomain.
    static String domain(Pod pod, String clusterDomain) {
        var subdomain = pod.spec().subdomain();
        return subdomain.isEmpty()
                ? ""
                : subdomain + "." + pod.namespace() + ".svc." + clusterDomain;
    }

    static String shortName(Pod pod) {
        var name = pod.spec().hostname().isEmpty() ? pod.name() : pod.spec().hostname();
        if (name.length() <= HOSTNAME_MAX) {
            return name;
        }
        return name.substring(0, HOSTNAME_MAX).replaceAll("[-.]+$", "");
    }

    /// The `/etc/hosts` of a pod with addresses of its own.
    static String hosts(Pod pod, List<String> ips, String clusterDomain) {
        var out =
                new StringBuilder(
                        """
                        # Kubernetes-managed hosts file.
                        127.0.0.1\tlocalhost
                        ::1\tlocalhost ip6-localhost ip6-loopback
                        fe00::\tip6-localnet
                        fe00::\tip6-mcastprefix
                        fe00::1\tip6-allnodes
                        fe00::2\tip6-allrouters
                        """);
        var domain = domain(pod, clusterDomain);
        var name = shortName(pod);
        for (var ip : ips) {
            out.append(ip).append('\t');
            if (!domain.isEmpty()) {
                out.append(name).append('.').append(domain).append('\t');
            }
            out.append(name).append('\n');
        }
        return out + aliases(pod);
    }

    /// The `/etc/hosts` of a pod in the host's network: the host's own and the pod's aliases.
    static String hostsOfHost(Pod pod, String hostFile) {
        return "# Kubernetes-managed hosts file (host network).\n" + hostFile + aliases(pod);
    }

    private static String aliases(Pod pod) {
        if (pod.spec().hostAliases().isEmpty()) {
            return "";
        }
        var out = new StringBuilder("\n# Entries added by HostAliases.\n");
        for (var alias : pod.spec().hostAliases()) {
            out.append(alias.ip()).append('\t');
            out.append(String.join("\t", alias.hostnames())).append('\n');
        }
        return out.toString();
    }
}
