package io.coxswain.api.certificates;

import io.coxswain.api.certificates.CertificateSigningRequest.CertificateSigningRequestCondition;
import io.coxswain.api.certificates.CertificateSigningRequest.CertificateSigningRequestStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.validation.Names;
import io.coxswain.base.tls.SigningRequest;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// What a signing request may say, and what each of its endpoints may change: nobody but its sender
/// the request, `approval` whether it is approved, `status` the certificate.
final class RequestRules {

    private static final List<String> USAGES =
            List.of(
                    "any",
                    "cert sign",
                    "client auth",
                    "code signing",
                    "content commitment",
                    "crl sign",
                    "data encipherment",
                    "decipher only",
                    "digital signature",
                    "email protection",
                    "encipher only",
                    "ipsec end system",
                    "ipsec tunnel",
                    "ipsec user",
                    "key agreement",
                    "key encipherment",
                    "microsoft sgc",
                    "netscape sgc",
                    "ocsp signing",
                    "s/mime",
                    "server auth",
                    "signing",
                    "timestamping");

    private static final String LEGACY_SIGNER = "kubernetes.io/legacy-unknown";
    private static final int SECONDS_MIN = 600;
    private static final int SIGNER_PATH_MAX = 253;
    private static final int SIGNER_MAX = 571;
    private static final List<String> DECISIONS = List.of("Approved", "Denied");
    private static final List<String> LASTING = List.of("Approved", "Denied", "Failed");
    private static final List<String> STATUSES = List.of("False", "True", "Unknown");

    private RequestRules() {}

    static void check(CertificateSigningRequest request, FieldErrors errors) {
        var spec = errors.at("spec");
        request(request.spec().request(), spec.at("request"));
        usages(request.spec().usages(), spec.at("usages"));
        signer(request.spec().signerName(), spec.at("signerName"));
        var seconds = request.spec().expirationSeconds();
        if (seconds != null && seconds < SECONDS_MIN) {
            spec.at("expirationSeconds")
                    .invalid(
                            seconds,
                            "may not specify a duration less than 600 seconds (10 minutes)");
        }
        conditions(request.status(), errors.at("status").at("conditions"));
        certificate(request.status().certificate(), errors.at("status").at("certificate"));
    }

    /// A change of the object itself, which leaves request and status as they are.
    static CertificateSigningRequest keepAll(
            CertificateSigningRequest old, CertificateSigningRequest updated) {
        return new CertificateSigningRequest(updated.metadata(), old.spec(), old.status());
    }

    static CertificateSigningRequest newDecision(
            CertificateSigningRequest old, CertificateSigningRequest updated) {
        var status =
                Edit.with(
                        old.status(),
                        CertificateSigningRequestStatus::conditions,
                        updated.status().conditions());
        return new CertificateSigningRequest(updated.metadata(), old.spec(), status);
    }

    /// Where the decisions are as many as before, they are the ones from before.
    static CertificateSigningRequest newStatus(
            CertificateSigningRequest old, CertificateSigningRequest updated) {
        var conditions = new ArrayList<>(updated.status().conditions());
        for (var type : DECISIONS) {
            var before = ofType(old, type);
            if (before.size() == ofType(updated, type).size()) {
                var next = before.iterator();
                conditions.replaceAll(one -> one.type().equals(type) ? next.next() : one);
            }
        }
        var status =
                Edit.with(
                        updated.status(),
                        CertificateSigningRequestStatus::conditions,
                        List.copyOf(conditions));
        return Edit.with(updated, CertificateSigningRequest::status, status);
    }

    static void update(
            CertificateSigningRequest old, CertificateSigningRequest updated, FieldErrors errors) {
        changes(old, updated, errors);
        noDecision(old, updated, errors);
        noCertificate(old, updated, errors);
    }

    static void approval(
            CertificateSigningRequest old, CertificateSigningRequest updated, FieldErrors errors) {
        check(updated, errors);
        changes(old, updated, errors);
        noCertificate(old, updated, errors);
    }

    static void status(
            CertificateSigningRequest old, CertificateSigningRequest updated, FieldErrors errors) {
        check(updated, errors);
        changes(old, updated, errors);
        noDecision(old, updated, errors);
        var before = old.status().certificate();
        if (before.length > 0 && !Arrays.equals(before, updated.status().certificate())) {
            errors.at("status")
                    .at("certificate")
                    .forbidden("updates may not modify existing certificate content");
        }
    }

    private static void changes(
            CertificateSigningRequest old, CertificateSigningRequest updated, FieldErrors errors) {
        for (var type : LASTING) {
            if (ofType(updated, type).size() < ofType(old, type).size()) {
                errors.at("status")
                        .at("conditions")
                        .forbidden("updates may not remove a condition of type \"" + type + "\"");
            }
        }
    }

    private static void noDecision(
            CertificateSigningRequest old, CertificateSigningRequest updated, FieldErrors errors) {
        var field = errors.at("status").at("conditions");
        for (var type : DECISIONS) {
            var before = ofType(old, type);
            var after = ofType(updated, type);
            if (after.size() > before.size()) {
                field.forbidden("updates may not add a condition of type \"" + type + "\"");
            } else if (after.size() == before.size() && !after.equals(before)) {
                field.forbidden("updates may not modify a condition of type \"" + type + "\"");
            }
        }
    }

    private static void noCertificate(
            CertificateSigningRequest old, CertificateSigningRequest updated, FieldErrors errors) {
        if (!Arrays.equals(old.status().certificate(), updated.status().certificate())) {
            errors.at("status")
                    .at("certificate")
                    .forbidden("updates may not set certificate content");
        }
    }

    private static List<CertificateSigningRequestCondition> ofType(
            CertificateSigningRequest request, String type) {
        return request.status().conditions().stream()
                .filter(condition -> condition.type().equals(type))
                .toList();
    }

    private static void request(byte[] pem, FieldErrors errors) {
        var text = new String(pem, StandardCharsets.US_ASCII);
        if (!text.contains("-----BEGIN CERTIFICATE REQUEST-----")) {
            errors.invalid(pem, "PEM block type must be CERTIFICATE REQUEST");
            return;
        }
        try {
            SigningRequest.parse(text);
        } catch (IllegalArgumentException e) {
            errors.invalid(pem, String.valueOf(e.getMessage()));
        }
    }

    private static void usages(List<String> usages, FieldErrors errors) {
        if (usages.isEmpty()) {
            errors.required("usages is required");
        }
        for (var i = 0; i < usages.size(); i++) {
            if (!USAGES.contains(usages.get(i))) {
                errors.at(i).notSupported(usages.get(i), USAGES);
            }
        }
        var seen = new HashSet<String>();
        for (var i = 0; i < usages.size(); i++) {
            if (!seen.add(usages.get(i))) {
                errors.at(i).duplicate(usages.get(i));
            }
        }
    }

    /// `example.com/signer-name`: a domain of at least two labels, and a path of one segment.
    private static void signer(String name, FieldErrors errors) {
        if (name.equals(LEGACY_SIGNER)) {
            errors.invalid(name, "the legacy signerName is not allowed via this API version");
            return;
        }
        if (name.isEmpty()) {
            errors.required("");
            return;
        }
        var slash = name.indexOf('/');
        if (slash < 0 || name.indexOf('/', slash + 1) >= 0) {
            errors.invalid(
                    name,
                    "must be a fully qualified domain and path of the form"
                            + " 'example.com/signer-name'");
            return;
        }
        var domain = name.substring(0, slash);
        for (var label : domain.split("\\.", -1)) {
            for (var problem : Names.label(label)) {
                errors.invalid(domain, "validating label \"" + label + "\": " + problem);
            }
        }
        if (domain.split("\\.", -1).length < 2) {
            errors.invalid(
                    domain, "should be a domain with at least two segments separated by dots");
        }
        var path = name.substring(slash + 1);
        for (var problem : Names.subdomain(path)) {
            errors.invalid(path, "validating label \"" + path + "\": " + problem);
        }
        if (path.length() > SIGNER_PATH_MAX || name.length() > SIGNER_MAX) {
            errors.tooLong(SIGNER_MAX);
        }
    }

    private static void conditions(CertificateSigningRequestStatus status, FieldErrors errors) {
        Set<String> seen = new HashSet<>();
        for (var i = 0; i < status.conditions().size(); i++) {
            var condition = status.conditions().get(i);
            var field = errors.at(i);
            if (condition.type().isEmpty()) {
                field.at("type").required("");
            }
            if (condition.status().isEmpty()) {
                field.at("status").required("");
            } else if (LASTING.contains(condition.type())) {
                if (!condition.status().equals("True")) {
                    field.at("status").notSupported(condition.status(), List.of("True"));
                }
            } else if (!STATUSES.contains(condition.status())) {
                field.at("status").notSupported(condition.status(), STATUSES);
            }
            if (!seen.add(condition.type())) {
                field.at("type").duplicate(condition.type());
            }
        }
        if (seen.contains("Approved") && seen.contains("Denied")) {
            for (var i = 0; i < status.conditions().size(); i++) {
                var type = status.conditions().get(i).type();
                if (type.equals("Denied")) {
                    errors.at(i)
                            .at("type")
                            .invalid(
                                    "Denied",
                                    "Approved and Denied conditions are mutually exclusive");
                }
            }
        }
    }

    private static void certificate(byte[] pem, FieldErrors errors) {
        if (pem.length == 0) {
            return;
        }
        var text = new String(pem, StandardCharsets.US_ASCII);
        if (!text.contains("-----BEGIN CERTIFICATE-----")) {
            errors.invalid("<certificate data>", "must contain at least one CERTIFICATE PEM block");
            return;
        }
        try {
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem));
        } catch (CertificateException e) {
            errors.invalid("<certificate data>", "x509: malformed certificate");
        }
    }
}
