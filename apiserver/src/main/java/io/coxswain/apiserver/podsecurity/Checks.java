package io.coxswain.apiserver.podsecurity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// All rules of the Pod Security Standards.
final class Checks {

    private static final Set<String> SYSCTLS =
            Set.of(
                    "kernel.shm_rmid_forced",
                    "net.ipv4.ip_local_port_range",
                    "net.ipv4.tcp_syncookies",
                    "net.ipv4.ping_group_range",
                    "net.ipv4.ip_unprivileged_port_start");
    private static final Set<String> SYSCTLS_27 = with(SYSCTLS, "net.ipv4.ip_local_reserved_ports");
    private static final Set<String> SYSCTLS_29 =
            with(
                    SYSCTLS_27,
                    "net.ipv4.tcp_keepalive_time",
                    "net.ipv4.tcp_fin_timeout",
                    "net.ipv4.tcp_keepalive_intvl",
                    "net.ipv4.tcp_keepalive_probes");
    private static final Set<String> SYSCTLS_32 =
            with(SYSCTLS_29, "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem");

    /// In the order in which their findings are told: level, then name.
    static final List<Check> ALL =
            List.of(
                    Check.of("appArmorProfile", Level.BASELINE, Confinement::appArmor),
                    Check.of("capabilities_baseline", Level.BASELINE, Privileges::capabilities),
                    Check.of("hostNamespaces", Level.BASELINE, HostAccess::namespaces),
                    Check.of("hostPathVolumes", Level.BASELINE, HostAccess::paths),
                    Check.of("hostPorts", Level.BASELINE, HostAccess::ports),
                    versions(
                            "hostProbesAndHostLifecycle",
                            Level.BASELINE,
                            List.of(),
                            new Check.Version(34, HostAccess::probes)),
                    Check.of("privileged", Level.BASELINE, Privileges::privileged),
                    Check.of("procMount", Level.BASELINE, Confinement::procMount),
                    versions(
                            "seLinuxOptions",
                            Level.BASELINE,
                            List.of(),
                            new Check.Version(0, pod -> Confinement.seLinux(pod, false)),
                            new Check.Version(31, pod -> Confinement.seLinux(pod, true))),
                    versions(
                            "seccompProfile_baseline",
                            Level.BASELINE,
                            List.of(),
                            new Check.Version(0, Confinement::seccompAnnotations),
                            new Check.Version(19, Confinement::seccompBaseline)),
                    versions(
                            "sysctls",
                            Level.BASELINE,
                            List.of(),
                            new Check.Version(0, pod -> Confinement.sysctls(pod, SYSCTLS)),
                            new Check.Version(27, pod -> Confinement.sysctls(pod, SYSCTLS_27)),
                            new Check.Version(29, pod -> Confinement.sysctls(pod, SYSCTLS_29)),
                            new Check.Version(32, pod -> Confinement.sysctls(pod, SYSCTLS_32))),
                    Check.of("windowsHostProcess", Level.BASELINE, HostAccess::processes),
                    versions(
                            "allowPrivilegeEscalation",
                            Level.RESTRICTED,
                            List.of(),
                            new Check.Version(8, Privileges::escalation),
                            new Check.Version(25, notOnWindows(Privileges::escalation))),
                    versions(
                            "capabilities_restricted",
                            Level.RESTRICTED,
                            List.of("capabilities_baseline"),
                            new Check.Version(22, Privileges::allDropped),
                            new Check.Version(25, notOnWindows(Privileges::allDropped))),
                    versions(
                            "restrictedVolumes",
                            Level.RESTRICTED,
                            List.of("hostPathVolumes"),
                            new Check.Version(0, HostAccess::volumes)),
                    Check.of("runAsNonRoot", Level.RESTRICTED, Privileges::nonRoot),
                    versions(
                            "runAsUser",
                            Level.RESTRICTED,
                            List.of(),
                            new Check.Version(23, Privileges::rootUser)),
                    versions(
                            "seccompProfile_restricted",
                            Level.RESTRICTED,
                            List.of("seccompProfile_baseline"),
                            new Check.Version(19, Confinement::seccompRestricted),
                            new Check.Version(25, notOnWindows(Confinement::seccompRestricted))));

    private Checks() {}

    /// What a standard has against a pod.
    static List<Finding> evaluate(Standard standard, Subject pod) {
        var rules = new ArrayList<Check>();
        var replaced = new HashSet<String>();
        for (var check : ALL) {
            if (check.level().compareTo(standard.level()) <= 0
                    && check.as(standard.minor()) != null) {
                rules.add(check);
                replaced.addAll(check.replaces());
            }
        }
        var findings = new ArrayList<Finding>();
        for (var check : rules) {
            var rule = check.as(standard.minor());
            if (rule != null && !replaced.contains(check.id())) {
                var finding = rule.apply(pod);
                if (finding != null) {
                    findings.add(finding);
                }
            }
        }
        return findings;
    }

    private static Check versions(
            String id, Level level, List<String> replaces, Check.Version... versions) {
        return new Check(id, level, replaces, List.of(versions));
    }

    private static Check.Rule notOnWindows(Check.Rule rule) {
        return pod -> pod.windows() ? null : rule.apply(pod);
    }

    private static Set<String> with(Set<String> some, String... more) {
        var all = new HashSet<>(some);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }
}
