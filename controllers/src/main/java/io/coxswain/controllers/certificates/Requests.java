package io.coxswain.controllers.certificates;

import io.coxswain.api.certificates.CertificateSigningRequest;
import io.coxswain.api.certificates.CertificateSigningRequest.CertificateSigningRequestCondition;
import io.coxswain.base.tls.SigningRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What can be read off a signing request.
final class Requests {

    static final String CLIENT = "kubernetes.io/kube-apiserver-client";
    static final String KUBELET_CLIENT = "kubernetes.io/kube-apiserver-client-kubelet";
    static final String KUBELET_SERVING = "kubernetes.io/kubelet-serving";
    static final String LEGACY = "kubernetes.io/legacy-unknown";

    static final String NODE_PREFIX = "system:node:";
    static final String NODES = "system:nodes";

    private static final Set<Set<String>> CLIENT_USAGES =
            Set.of(
                    Set.of("digital signature", "client auth"),
                    Set.of("digital signature", "client auth", "key encipherment"));
    private static final Set<Set<String>> SERVING_USAGES =
            Set.of(
                    Set.of("digital signature", "server auth"),
                    Set.of("digital signature", "server auth", "key encipherment"));

    private Requests() {}

    /// What is asked for; null when it is no certificate request at all.
    static @Nullable SigningRequest content(CertificateSigningRequest request) {
        try {
            return SigningRequest.parse(
                    new String(request.spec().request(), StandardCharsets.US_ASCII));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static boolean has(CertificateSigningRequest request, String type) {
        return condition(request, type) != null;
    }

    static @Nullable CertificateSigningRequestCondition condition(
            CertificateSigningRequest request, String type) {
        return request.status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .findFirst()
                .orElse(null);
    }

    static CertificateSigningRequestCondition condition(
            String type, String reason, String message, Instant now) {
        return new CertificateSigningRequestCondition(type, "True", reason, message, now, now);
    }

    /// Why this is no request for the client certificate of a kubelet; empty when it is one.
    static String faultAsKubeletClient(SigningRequest asked, List<String> usages) {
        var subject = faultOfSubject(asked);
        if (!subject.isEmpty()) {
            return subject;
        }
        if (!asked.dnsNames().isEmpty()) {
            return "DNS subjectAltNames are not allowed";
        }
        if (!asked.addresses().isEmpty()) {
            return "IP subjectAltNames are not allowed";
        }
        if (asked.otherNames() > 0) {
            return "Email and URI subjectAltNames are not allowed";
        }
        return CLIENT_USAGES.contains(Set.copyOf(usages))
                ? ""
                : "usages did not match " + sorted(CLIENT_USAGES);
    }

    /// Why this is no request for the serving certificate of a kubelet; empty when it is one.
    static String faultAsKubeletServing(SigningRequest asked, List<String> usages) {
        var subject = faultOfSubject(asked);
        if (!subject.isEmpty()) {
            return subject;
        }
        if (asked.dnsNames().isEmpty() && asked.addresses().isEmpty()) {
            return "at least one DNS or IP subjectAltName is required";
        }
        if (asked.otherNames() > 0) {
            return "Email and URI subjectAltNames are not allowed";
        }
        return SERVING_USAGES.contains(Set.copyOf(usages))
                ? ""
                : "usages did not match " + sorted(SERVING_USAGES);
    }

    private static String faultOfSubject(SigningRequest asked) {
        if (!asked.organizations().equals(List.of(NODES))) {
            return "subject organization is not system:nodes";
        }
        return asked.commonName().startsWith(NODE_PREFIX)
                ? ""
                : "subject common name does not begin with system:node:";
    }

    private static String sorted(Set<Set<String>> allowed) {
        return allowed.stream()
                .map(set -> set.stream().sorted().toList().toString())
                .sorted()
                .toList()
                .toString();
    }
}
