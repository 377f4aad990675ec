package io.coxswain.controllers.certificates;

import io.coxswain.api.certificates.CertificateSigningRequest;
import io.coxswain.api.certificates.CertificateSigningRequest.CertificateSigningRequestStatus;
import io.coxswain.api.codec.RecordWriter;
import io.coxswain.api.core.Node;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.Edit;
import io.coxswain.base.tls.SigningRequest;
import io.coxswain.client.Patch;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Approves what kubelets ask for: a first client certificate where the asker may have one, a new
/// one for the kubelet that has one already, and a serving certificate for the addresses that are
/// its node's and no other's. Everything else waits for a person.
public final class CertificateApproval implements Controller<CertificateSigningRequest> {

    /// Permissions and nodes change; a request that was not granted is looked at again.
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private final Permission permission;

    public CertificateApproval(Permission permission) {
        this.permission = permission;
    }

    @Override
    public Plan reconcile(CertificateSigningRequest request, View view) {
        if (request.deleting()
                || request.status().certificate().length > 0
                || Requests.has(request, "Approved")
                || Requests.has(request, "Denied")
                || Requests.has(request, "Failed")) {
            return Plan.NOTHING;
        }
        return switch (request.spec().signerName()) {
            case Requests.KUBELET_CLIENT -> client(request, view);
            case Requests.KUBELET_SERVING -> serving(request, view);
            default -> Plan.NOTHING;
        };
    }

    private Plan client(CertificateSigningRequest request, View view) {
        var asked = Requests.content(request);
        if (asked == null
                || !Requests.faultAsKubeletClient(asked, request.spec().usages()).isEmpty()) {
            return Plan.NOTHING;
        }
        var itself = asked.commonName().equals(request.spec().username());
        if (itself && permission.grants(request, "selfnodeclient")) {
            return approve(request, "self kubelet client", view);
        }
        return permission.grants(request, "nodeclient")
                ? approve(request, "kubelet client", view)
                : Plan.NOTHING.again(AGAIN);
    }

    private static Plan serving(CertificateSigningRequest request, View view) {
        var asked = Requests.content(request);
        if (asked == null
                || !Requests.faultAsKubeletServing(asked, request.spec().usages()).isEmpty()
                || !asked.commonName().equals(request.spec().username())
                || !request.spec().groups().contains(Requests.NODES)) {
            return Plan.NOTHING;
        }
        var name = asked.commonName().substring(Requests.NODE_PREFIX.length());
        return belongsTo(asked, view.find(Node.class, "", name), view)
                ? approve(request, "kubelet serving", view)
                : Plan.NOTHING.again(AGAIN);
    }

    /// Whether every name and address is one of the node's, and no other node claims it.
    private static boolean belongsTo(SigningRequest asked, @Nullable Node node, View view) {
        if (node == null) {
            return false;
        }
        var own = new HashSet<>(addresses(node));
        own.add(node.name());
        var wanted = new ArrayList<>(asked.dnsNames());
        wanted.addAll(asked.addresses());
        return own.containsAll(wanted)
                && view.all(Node.class)
                        .filter(other -> !other.name().equals(node.name()))
                        .noneMatch(other ->
                                wanted.contains(other.name())
                                        || addresses(other).stream().anyMatch(wanted::contains));
    }

    private static List<String> addresses(Node node) {
        return node.status().addresses().stream().map(address -> address.address()).toList();
    }

    private static Plan approve(CertificateSigningRequest request, String what, View view) {
        var message = "Auto approving " + what + " certificate after SubjectAccessReview.";
        var conditions = new ArrayList<>(request.status().conditions());
        conditions.add(Requests.condition("Approved", "AutoApproved", message, view.now()));
        var status =
                Edit.of(CertificateSigningRequestStatus.class)
                        .set(CertificateSigningRequestStatus::conditions, conditions)
                        .done();
        var tree = RecordWriter.toTree(status);
        var body =
                Json.EMPTY
                        .with(
                                "metadata",
                                Json.EMPTY
                                        .with("uid", Json.of(request.uid()))
                                        .with(
                                                "resourceVersion",
                                                Json.of(request.metadata().resourceVersion())))
                        .with("status", tree);
        return Plan.of(
                new Step.PatchObject(
                        CertificateSigningRequest.class,
                        "",
                        request.name(),
                        Patch.merge(body).on("approval")));
    }
}
