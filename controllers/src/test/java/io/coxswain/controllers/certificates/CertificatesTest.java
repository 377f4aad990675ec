package io.coxswain.controllers.certificates;

import static io.coxswain.client.fixture.Nouns.NOW;
import static io.coxswain.client.fixture.Nouns.any;
import static io.coxswain.client.fixture.Nouns.node;
import static io.coxswain.client.fixture.Nouns.view;
import static io.coxswain.client.fixture.Nouns.viewAt;
import static io.coxswain.controllers.PlanAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.coxswain.api.certificates.CertificateSigningRequest;
import io.coxswain.api.certificates.CertificateSigningRequest.CertificateSigningRequestSpec;
import io.coxswain.api.certificates.CertificateSigningRequest.CertificateSigningRequestStatus;
import io.coxswain.api.core.Node;
import io.coxswain.api.core.Node.NodeAddress;
import io.coxswain.api.core.Node.NodeStatus;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.ManualClock;
import io.coxswain.base.tls.CertificateAuthority;
import io.coxswain.base.tls.CertificateRequest;
import io.coxswain.base.tls.Pem;
import io.coxswain.base.tls.SigningRequest;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CertificatesTest {

    private static final KeyPair KEYS = CertificateAuthority.keyPair();
    private static final List<String> CLIENT = List.of("digital signature", "client auth");
    private static final List<String> SERVER = List.of("digital signature", "server auth");
    private static final CertificateRequest OF_N1 =
            CertificateRequest.client("system:node:n1", "system:nodes");
    private static final CertificateAuthority AUTHORITY =
            CertificateAuthority.create("test", new ManualClock(NOW), Duration.ofDays(3650));

    private static CertificateSigningRequest request(
            String signer, String user, CertificateRequest wanted, List<String> usages) {
        var pem = SigningRequest.create(KEYS, wanted).getBytes(StandardCharsets.US_ASCII);
        var spec =
                Edit.of(CertificateSigningRequestSpec.class)
                        .set(CertificateSigningRequestSpec::request, pem)
                        .set(CertificateSigningRequestSpec::signerName, signer)
                        .set(CertificateSigningRequestSpec::username, user)
                        .set(CertificateSigningRequestSpec::groups, List.of("system:nodes"))
                        .set(CertificateSigningRequestSpec::usages, usages)
                        .done();
        return any(CertificateSigningRequest.class, "csr")
                .set(CertificateSigningRequest::spec, spec)
                .build();
    }

    private static CertificateSigningRequest decided(
            CertificateSigningRequest request, String type) {
        var conditions = List.of(Requests.condition(type, "Test", "", NOW));
        var status =
                Edit.of(CertificateSigningRequestStatus.class)
                        .set(CertificateSigningRequestStatus::conditions, conditions)
                        .done();
        return Edit.with(request, CertificateSigningRequest::status, status);
    }

    private static Node with(String name, String address) {
        return node(name)
                .status(status ->
                        Edit.with(
                                status,
                                NodeStatus::addresses,
                                List.of(new NodeAddress("InternalIP", address))))
                .build();
    }

    private static boolean approves(Plan plan) {
        return plan.steps()
                .anyMatch(step ->
                        step instanceof Step.PatchObject patch
                                && patch.patch().subresource().equals("approval"));
    }

    private static boolean approves(@Nullable String granted, CertificateSigningRequest request) {
        Permission permission = (asked, kind) -> kind.equals(granted);
        return approves(new CertificateApproval(permission).reconcile(request, view()));
    }

    @Test
    void whoMayHaveANodesCertificateGetsOne() {
        var newcomer = request(Requests.KUBELET_CLIENT, "system:bootstrap:abcdef", OF_N1, CLIENT);
        var itself = request(Requests.KUBELET_CLIENT, "system:node:n1", OF_N1, CLIENT);

        assertThat(approves("nodeclient", newcomer)).isTrue();
        assertThat(approves("selfnodeclient", newcomer)).isFalse();
        assertThat(approves(null, newcomer)).isFalse();
        assertThat(approves("selfnodeclient", itself)).isTrue();
    }

    @Test
    void whatIsNoKubeletsRequestWaitsForAPerson() {
        var admin = CertificateRequest.client("system:node:n1", "system:masters");
        var person = CertificateRequest.client("alice", "system:nodes");

        for (var wanted : List.of(admin, person)) {
            var request = request(Requests.KUBELET_CLIENT, "x", wanted, CLIENT);
            assertThat(approves("nodeclient", request)).isFalse();
        }
        assertThat(approves("nodeclient", request(Requests.KUBELET_CLIENT, "x", OF_N1, SERVER)))
                .isFalse();
        assertThat(approves("nodeclient", request(Requests.CLIENT, "x", OF_N1, CLIENT))).isFalse();
        assertThat(approves("nodeclient", request("example.com/own", "x", OF_N1, CLIENT)))
                .isFalse();
        var denied = decided(request(Requests.KUBELET_CLIENT, "x", OF_N1, CLIENT), "Denied");
        assertThat(approves("nodeclient", denied)).isFalse();
    }

    @Test
    void aKubeletServesAtTheAddressesOfItsNodeOnly() {
        var approval = new CertificateApproval((request, kind) -> true);
        var wanted =
                CertificateRequest.server(
                                "system:node:n1",
                                List.of("n1"),
                                List.of(InetAddress.ofLiteral("192.0.2.1")))
                        .withOrganizations("system:nodes");
        var request = request(Requests.KUBELET_SERVING, "system:node:n1", wanted, SERVER);
        var other = request(Requests.KUBELET_SERVING, "system:node:n2", wanted, SERVER);
        var n1 = with("n1", "192.0.2.1");

        assertThat(approves(approval.reconcile(request, view(n1)))).isTrue();
        assertThat(approves(approval.reconcile(request, view()))).isFalse();
        assertThat(approves(approval.reconcile(request, view(with("n1", "192.0.2.9"))))).isFalse();
        assertThat(approves(approval.reconcile(request, view(n1, with("n2", "192.0.2.1")))))
                .isFalse();
        assertThat(approves(approval.reconcile(other, view(n1)))).isFalse();
    }

    @Test
    void whatIsApprovedIsSigned() {
        var signing = new CertificateSigning(AUTHORITY, Duration.ofDays(365));
        var request = request(Requests.KUBELET_CLIENT, "system:bootstrap:x", OF_N1, CLIENT);

        assertThat(signing.reconcile(request, view())).isEqualTo(Plan.NOTHING);
        assertThat(signing.reconcile(decided(request, "Denied"), view())).isEqualTo(Plan.NOTHING);
        var plan = signing.reconcile(decided(request, "Approved"), view());

        assertThat(plan)
                .statuses(CertificateSigningRequest.class)
                .singleElement()
                .satisfies(signed -> {
                    var pem = new String(signed.status().certificate(), StandardCharsets.US_ASCII);
                    var certificate = Pem.certificates(pem).getFirst();
                    assertThat(certificate.getPublicKey()).isEqualTo(KEYS.getPublic());
                    assertThat(certificate.getSubjectX500Principal().getName())
                            .isEqualTo("CN=system:node:n1,O=system:nodes");
                    assertThat(certificate.getNotAfter().toInstant())
                            .isEqualTo(NOW.plus(Duration.ofDays(365)));
                    certificate.verify(AUTHORITY.certificate().getPublicKey());
                });
    }

    @Test
    void whatTheSignerDoesNotAllowFails() {
        var signing = new CertificateSigning(AUTHORITY, Duration.ofDays(365));
        var admin = CertificateRequest.client("alice", "system:masters");
        var request = request(Requests.KUBELET_CLIENT, "x", admin, CLIENT);

        assertThat(signing.reconcile(decided(request, "Approved"), view()))
                .statuses(CertificateSigningRequest.class)
                .singleElement()
                .satisfies(failed -> {
                    assertThat(failed.status().certificate()).isEmpty();
                    assertThat(failed.status().conditions())
                            .last()
                            .satisfies(condition -> {
                                assertThat(condition.type()).isEqualTo("Failed");
                                assertThat(condition.message())
                                        .isEqualTo("subject organization is not system:nodes");
                            });
                });
    }

    @Test
    void requestsGoWhenTheyAreOver() {
        var cleaner = new CertificateCleaner();
        var request = request(Requests.KUBELET_CLIENT, "x", OF_N1, CLIENT);
        var approved = decided(request, "Approved");

        assertThat(cleaner.reconcile(request, view())).deletesOnly("csr");
        assertThat(cleaner.reconcile(approved, view())).looksAgainIn(Duration.ofHours(1));
        assertThat(cleaner.reconcile(approved, viewAt(NOW.plus(Duration.ofHours(1)))))
                .deletesOnly("csr");
    }
}
