package io.coxswain.controllers.bootstrap;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Secret;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.time.Duration;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Keeps the ConfigMap `kube-public/cluster-info` signed with every bootstrap token that may sign.
public final class BootstrapSigner implements Controller<ConfigMap> {

    public static final String NAMESPACE = "kube-public";
    public static final String NAME = "cluster-info";
    public static final String CONTENT = "kubeconfig";
    public static final String SIGNATURE_PREFIX = "jws-kubeconfig-";

    @Override
    public Plan reconcile(ConfigMap info, View view) {
        var content = info.data().get(CONTENT);
        if (!info.namespace().equals(NAMESPACE)
                || !info.name().equals(NAME)
                || info.deleting()
                || content == null) {
            return Plan.NOTHING;
        }
        var wanted = new TreeMap<>(info.data());
        wanted.keySet().removeIf(key -> key.startsWith(SIGNATURE_PREFIX));
        var plan = Plan.NOTHING;
        for (var secret : view.in(Secret.class, BootstrapSecret.NAMESPACE).toList()) {
            var token = BootstrapSecret.of(secret);
            if (token == null || !token.signs() || token.expired(view.now())) {
                continue;
            }
            var signature = DetachedSignature.sign(content, token.id(), token.password());
            wanted.put(SIGNATURE_PREFIX + token.id(), signature);
            if (token.expiration() != null) {
                plan = plan.again(Duration.between(view.now(), token.expiration()));
            }
        }
        return wanted.equals(info.data())
                ? plan
                : plan.then(Step.update(Edit.with(info, ConfigMap::data, wanted)));
    }

    /// A token wakes the one ConfigMap there is.
    public static Stream<NamespacedName> ofToken(Secret secret, View view) {
        return secret.type().equals(BootstrapSecret.TYPE)
                ? Stream.of(new NamespacedName(NAMESPACE, NAME))
                : Stream.empty();
    }
}
