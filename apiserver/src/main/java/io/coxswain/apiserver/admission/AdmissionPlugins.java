package io.coxswain.apiserver.admission;

import io.coxswain.apiserver.admission.nodes.NodeRestriction;
import io.coxswain.apiserver.admission.nodes.NodeTokens;
import io.coxswain.apiserver.admission.nodes.TaintNodesByCondition;
import io.coxswain.apiserver.admission.optional.AlwaysDeny;
import io.coxswain.apiserver.admission.optional.AlwaysPullImages;
import io.coxswain.apiserver.admission.optional.DenyServiceExternalIps;
import io.coxswain.apiserver.admission.optional.EventRateLimit;
import io.coxswain.apiserver.admission.optional.ExtendedResourceToleration;
import io.coxswain.apiserver.admission.optional.ImagePolicyWebhook;
import io.coxswain.apiserver.admission.optional.LimitPodHardAntiAffinityTopology;
import io.coxswain.apiserver.admission.optional.NamespaceAutoProvision;
import io.coxswain.apiserver.admission.optional.NamespaceExists;
import io.coxswain.apiserver.admission.optional.OwnerReferencesPermissionEnforcement;
import io.coxswain.apiserver.admission.optional.PodNodeSelector;
import io.coxswain.apiserver.admission.optional.PodTolerationRestriction;
import io.coxswain.apiserver.authorization.Authorizer;
import io.coxswain.apiserver.authorization.RbacAuthorizer;
import io.coxswain.apiserver.config.KubeconfigServer;
import io.coxswain.apiserver.podsecurity.PodSecurity;
import io.coxswain.apiserver.podsecurity.PodSecuritySettings;
import io.coxswain.apiserver.policy.DeviceExpressions;
import io.coxswain.apiserver.policy.MutatingPolicies;
import io.coxswain.apiserver.policy.PolicyExpressions;
import io.coxswain.apiserver.policy.ValidatingPolicies;
import io.coxswain.apiserver.remote.WebhookClient;
import io.coxswain.apiserver.webhook.MutatingHooks;
import io.coxswain.apiserver.webhook.ValidatingHooks;
import io.coxswain.base.Clock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The admission plugins.
public final class AdmissionPlugins {

    private static final Duration IMAGE_REVIEW_TIMEOUT = Duration.ofSeconds(30);

    /// What a plugin may be made from.
    ///
    /// @param authorizer asked what the caller of a write may do
    /// @param rbac asked what rules it has
    /// @param client asks webhooks
    public record Context(
            Objects objects,
            Clock clock,
            Authorizer authorizer,
            RbacAuthorizer rbac,
            WebhookClient client,
            AdmissionSettings settings) {}

    /// Makes a plugin; `before` are those that run before it.
    private interface Maker {
        AdmissionPlugin make(Context of, List<AdmissionPlugin> before);
    }

    /// @param byDefault whether it runs unless it is disabled, or only when it is enabled
    private record Named(String name, boolean byDefault, Maker maker) {}

    /// Every plugin that can be named, in upstream's order. `#` begins those that always run.
    private static final List<Named> ALL =
            List.of(
                    off("AlwaysAdmit", (of, before) -> new AdmissionPlugin() {}),
                    off(
                            "NamespaceAutoProvision",
                            (of, before) -> new NamespaceAutoProvision(of.objects())),
                    on("NamespaceLifecycle", (of, before) -> new NamespaceLifecycle(of.objects())),
                    off("NamespaceExists", (of, before) -> new NamespaceExists(of.objects())),
                    off(
                            "LimitPodHardAntiAffinityTopology",
                            (of, before) -> new LimitPodHardAntiAffinityTopology()),
                    on("LimitRanger", (of, before) -> new LimitRanger(of.objects())),
                    on(
                            "ServiceAccount",
                            (of, before) -> new ServiceAccountAdmission(of.objects(), of.clock())),
                    on(
                            "NodeRestriction",
                            (of, before) ->
                                    new NodeRestriction(
                                            of.objects(),
                                            new NodeTokens(of.objects(), of.authorizer()))),
                    on("TaintNodesByCondition", (of, before) -> new TaintNodesByCondition()),
                    off("AlwaysPullImages", (of, before) -> new AlwaysPullImages()),
                    off("ImagePolicyWebhook", AdmissionPlugins::imagePolicy),
                    on(
                            "PodSecurity",
                            (of, before) ->
                                    new PodSecurity(
                                            of.objects(),
                                            PodSecuritySettings.of(
                                                    of.settings().of("PodSecurity")))),
                    off(
                            "PodNodeSelector",
                            (of, before) ->
                                    new PodNodeSelector(
                                            of.objects(),
                                            of.settings()
                                                    .of("PodNodeSelector")
                                                    .object("podNodeSelectorPluginConfig"))),
                    on("Priority", (of, before) -> new Priority(of.objects())),
                    on("DefaultTolerationSeconds", (of, before) -> new DefaultTolerationSeconds()),
                    off(
                            "PodTolerationRestriction",
                            (of, before) ->
                                    new PodTolerationRestriction(
                                            of.objects(),
                                            of.settings().of("PodTolerationRestriction"))),
                    off(
                            "EventRateLimit",
                            (of, before) ->
                                    new EventRateLimit(
                                            of.clock(), of.settings().of("EventRateLimit"))),
                    off(
                            "ExtendedResourceToleration",
                            (of, before) -> new ExtendedResourceToleration()),
                    on(
                            "DefaultStorageClass",
                            (of, before) -> new DefaultStorageClass(of.objects())),
                    on("StorageObjectInUseProtection", (of, before) -> new StorageProtection()),
                    off(
                            "OwnerReferencesPermissionEnforcement",
                            (of, before) ->
                                    new OwnerReferencesPermissionEnforcement(
                                            of.objects(), of.authorizer())),
                    on(
                            "PersistentVolumeClaimResize",
                            (of, before) -> new ClaimResize(of.objects())),
                    on("RuntimeClass", (of, before) -> new RuntimeClassAdmission(of.objects())),
                    on("#requester", (of, before) -> new CertificateRequester()),
                    on(
                            "CertificateApproval",
                            (of, before) -> new CertificateSigners(of.authorizer(), "approval")),
                    on(
                            "CertificateSigning",
                            (of, before) -> new CertificateSigners(of.authorizer(), "status")),
                    on(
                            "ClusterTrustBundleAttest",
                            (of, before) -> new TrustBundleAttest(of.authorizer())),
                    on(
                            "CertificateSubjectRestriction",
                            (of, before) -> new CertificateSigners(of.authorizer(), "")),
                    on(
                            "DefaultIngressClass",
                            (of, before) -> new DefaultIngressClass(of.objects())),
                    on("PodTopologyLabels", (of, before) -> new PodTopologyLabels(of.objects())),
                    off("DenyServiceExternalIPs", (of, before) -> new DenyServiceExternalIps()),
                    on(
                            "MutatingAdmissionPolicy",
                            (of, before) -> new MutatingPolicies(of.objects(), of.authorizer())),
                    on(
                            "MutatingAdmissionWebhook",
                            (of, before) ->
                                    new MutatingHooks(
                                            of.objects(), of.authorizer(), of.client(), before)),
                    on(
                            "#escalation",
                            (of, before) ->
                                    new RoleEscalation(of.objects(), of.rbac(), of.authorizer())),
                    on("#expressions", (of, before) -> new PolicyExpressions()),
                    on("#devices", (of, before) -> new DeviceExpressions()),
                    on(
                            "ValidatingAdmissionPolicy",
                            (of, before) -> new ValidatingPolicies(of.objects(), of.authorizer())),
                    on(
                            "ValidatingAdmissionWebhook",
                            (of, before) ->
                                    new ValidatingHooks(
                                            of.objects(), of.authorizer(), of.client())),
                    on("ResourceQuota", (of, before) -> new QuotaAdmission(of.objects())),
                    off("AlwaysDeny", (of, before) -> new AlwaysDeny()));

    /// What may stand in `--enable-admission-plugins` and `--disable-admission-plugins`.
    static final Set<String> NAMES = names();

    private AdmissionPlugins() {}

    private static Named on(String name, Maker maker) {
        return new Named(name, true, maker);
    }

    private static Named off(String name, Maker maker) {
        return new Named(name, false, maker);
    }

    private static Set<String> names() {
        var names = new HashSet<String>();
        ALL.forEach(named -> names.add(named.name()));
        names.removeIf(name -> name.startsWith("#"));
        return Set.copyOf(names);
    }

    /// The plugins that the settings ask for. Throws [IllegalArgumentException] when one cannot be
    /// set up.
    public static List<AdmissionPlugin> of(Context context) {
        var all = new ArrayList<AdmissionPlugin>();
        for (var named : ALL) {
            if (context.settings().runs(named.name(), named.byDefault())) {
                all.add(made(named, context, List.copyOf(all)));
            }
        }
        return List.copyOf(all);
    }

    private static AdmissionPlugin made(
            Named named, Context context, List<AdmissionPlugin> before) {
        try {
            return named.maker().make(context, before);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "couldn't init admission plugin \"" + named.name() + "\": " + e.getMessage(),
                    e);
        }
    }

    private static AdmissionPlugin imagePolicy(Context of, List<AdmissionPlugin> before) {
        var settings = of.settings().of("ImagePolicyWebhook").object("imagePolicy");
        var file = settings.text("kubeConfigFile");
        if (file.isEmpty()) {
            throw new IllegalArgumentException("imagePolicy.kubeConfigFile: Required value");
        }
        var backend = KubeconfigServer.read(Path.of(file), IMAGE_REVIEW_TIMEOUT);
        return new ImagePolicyWebhook(backend::post, settings, of.clock());
    }
}
