package io.coxswain.apiserver.admission;

import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.authorization.RbacAuthorizer;
import io.coxswain.apiserver.podsecurity.PodSecurity;
import io.coxswain.apiserver.policy.MutatingPolicies;
import io.coxswain.apiserver.policy.DeviceExpressions;
import io.coxswain.apiserver.policy.PolicyExpressions;
import io.coxswain.apiserver.policy.ValidatingPolicies;
import io.coxswain.apiserver.remote.WebhookClient;
import io.coxswain.apiserver.webhook.MutatingHooks;
import io.coxswain.apiserver.webhook.ValidatingHooks;
import io.coxswain.base.Clock;
import java.util.ArrayList;
import java.util.List;

/// The admission plugins.
public final class AdmissionPlugins {

    private AdmissionPlugins() {}

    /// Every plugin that is on by default, in upstream's order.
    ///
    /// @param authorizer asked what the caller of a write may do
    /// @param rbac asked what rules it has
    /// @param client asks webhooks
    public static List<AdmissionPlugin> standard(
            Objects objects,
            Clock clock,
            Authorizer authorizer,
            RbacAuthorizer rbac,
            WebhookClient client) {
        var own = builtIn(objects, authorizer, clock);
        var policies = new MutatingPolicies(objects, authorizer);
        var all = new ArrayList<>(own);
        all.add(policies);
        all.add(new MutatingHooks(objects, authorizer, client, own, policies));
        all.add(new RoleEscalation(objects, rbac, authorizer));
        all.add(new PolicyExpressions());
        all.add(new DeviceExpressions());
        all.add(new ValidatingPolicies(objects, authorizer));
        all.add(new ValidatingHooks(objects, authorizer, client));
        all.add(new QuotaAdmission(objects));
        return List.copyOf(all);
    }

    private static List<AdmissionPlugin> builtIn(
            Objects objects, Authorizer authorizer, Clock clock) {
        return List.of(
                new NamespaceLifecycle(objects),
                new LimitRanger(objects),
                new ServiceAccountAdmission(objects, clock),
                new NodeRestriction(objects),
                new TaintNodesByCondition(),
                new PodSecurity(objects, PodSecurity.Exemptions.NONE),
                new Priority(objects),
                new DefaultTolerationSeconds(),
                new DefaultStorageClass(objects),
                new StorageProtection(),
                new ClaimResize(objects),
                new RuntimeClassAdmission(objects),
                new CertificateRequester(),
                new CertificateSigners(authorizer),
                new TrustBundleAttest(authorizer),
                new DefaultIngressClass(objects),
                new PodTopologyLabels(objects));
    }
}
