package io.coxswain.controllers;

import java.util.List;
import java.util.Map;

/// As whom each controller acts: a service account in `kube-system` with a role of its own, which
/// says what the controller may do and nothing more. Names and roles are upstream's.
public final class Identities {

    public static final String NAMESPACE = "kube-system";

    static final String GARBAGE_COLLECTOR = "generic-garbage-collector";
    static final String NAMESPACES = "namespace-controller";

    private static final Map<String, String> ACCOUNTS =
            Map.ofEntries(
                    Map.entry("daemonset", "daemon-set-controller"),
                    Map.entry("endpoint-slice", "endpointslice-controller"),
                    Map.entry("taint-eviction", "node-controller"),
                    Map.entry("node-ipam", "node-controller"),
                    Map.entry("pod-garbage", "pod-garbage-collector"),
                    Map.entry("root-ca-certificate-publisher", "root-ca-cert-publisher"),
                    Map.entry("vac-protection", "volumeattributesclass-protection-controller"),
                    Map.entry("bootstrap-signer", "bootstrap-signer"),
                    Map.entry("token-cleaner", "token-cleaner"),
                    Map.entry("csrapproving", "certificate-controller"),
                    Map.entry("csrcleaner", "certificate-controller"),
                    Map.entry("csrsigning", "certificate-controller"),
                    Map.entry(
                            "legacy-service-account-token-cleaner",
                            "legacy-service-account-token-cleaner"),
                    Map.entry("legacy-token", "service-account-token-controller"),
                    Map.entry("cluster-dns", "cluster-dns"));

    private Identities() {}

    /// The service account of the controller of this name.
    public static String account(String controller) {
        return ACCOUNTS.getOrDefault(controller, controller + "-controller");
    }

    /// The user that a service account is.
    public static String user(String account) {
        return "system:serviceaccount:" + NAMESPACE + ":" + account;
    }

    /// The groups of every service account in its namespace.
    public static List<String> groups() {
        return List.of(
                "system:serviceaccounts",
                "system:serviceaccounts:" + NAMESPACE,
                "system:authenticated");
    }
}
