package io.coxswain.controllers.serviceaccount;

import io.coxswain.api.core.Secret;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.schema.Edit;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration;
import io.coxswain.client.controller.Registration.NamespacedName;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/// Fills the Secrets by which somebody asks for a token of a service account that does not end, and
/// removes those whose account is gone.
public final class TokenSecrets implements Controller<Secret> {

    private static final String TYPE = "kubernetes.io/service-account-token";
    private static final String ACCOUNT = "kubernetes.io/service-account.name";
    private static final String ACCOUNT_UID = "kubernetes.io/service-account.uid";

    private final BiFunction<ServiceAccount, Secret, String> issuer;
    private final byte[] authority;

    private TokenSecrets(BiFunction<ServiceAccount, Secret, String> issuer, String authority) {
        this.issuer = issuer;
        this.authority = authority.getBytes(StandardCharsets.UTF_8);
    }

    /// @param issuer makes the token of an account that a Secret is to hold
    /// @param authority by whom the API server is certified, as PEM
    public static Registration<Secret> registration(
            BiFunction<ServiceAccount, Secret, String> issuer, String authority) {
        return Registration.of("legacy-token", Secret.class, new TokenSecrets(issuer, authority))
                .watches(ServiceAccount.class, TokenSecrets::ofAccount);
    }

    @Override
    public Plan reconcile(Secret secret, View view) {
        if (!secret.type().equals(TYPE) || secret.deleting()) {
            return Plan.NOTHING;
        }
        var name = secret.metadata().annotations().getOrDefault(ACCOUNT, "");
        var account = view.find(ServiceAccount.class, secret.namespace(), name);
        var uid = secret.metadata().annotations().getOrDefault(ACCOUNT_UID, "");
        if (account == null || (!uid.isEmpty() && !uid.equals(account.uid()))) {
            return Plan.of(Step.delete(secret));
        }
        var data = new HashMap<>(secret.data());
        data.put("ca.crt", authority);
        data.put("namespace", secret.namespace().getBytes(StandardCharsets.UTF_8));
        data.computeIfAbsent(
                "token", key -> issuer.apply(account, secret).getBytes(StandardCharsets.UTF_8));
        return same(data, secret.data()) && uid.equals(account.uid())
                ? Plan.NOTHING
                : Plan.of(Step.update(filled(secret, data, account.uid())));
    }

    private static Secret filled(Secret secret, Map<String, byte[]> data, String uid) {
        var annotations = new HashMap<>(secret.metadata().annotations());
        annotations.put(ACCOUNT_UID, uid);
        var metadata =
                Edit.with(
                        secret.metadata(),
                        io.coxswain.api.meta.ObjectMeta::annotations,
                        Map.copyOf(annotations));
        return Edit.of(secret)
                .set(Secret::metadata, metadata)
                .set(Secret::data, Map.copyOf(data))
                .done();
    }

    private static boolean same(Map<String, byte[]> some, Map<String, byte[]> others) {
        return some.keySet().equals(others.keySet())
                && some.entrySet().stream()
                        .allMatch(entry ->
                                java.util.Arrays.equals(
                                        entry.getValue(), others.get(entry.getKey())));
    }

    private static Stream<NamespacedName> ofAccount(ServiceAccount account, View view) {
        return view.all(Secret.class)
                .filter(secret -> secret.namespace().equals(account.namespace()))
                .filter(secret ->
                        account.name().equals(secret.metadata().annotations().get(ACCOUNT)))
                .map(NamespacedName::of);
    }
}
