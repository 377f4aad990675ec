package io.coxswain.controllers.serviceaccount;

import io.coxswain.api.core.ConfigMap;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Secret;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.json.Json;
import io.coxswain.client.Patch;
import io.coxswain.client.controller.Controller;
import io.coxswain.client.controller.Plan;
import io.coxswain.client.controller.Registration;
import io.coxswain.client.controller.Step;
import io.coxswain.client.controller.View;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Marks the tokens invalid that were once made for every service account and that nobody has used
/// for a year, and deletes their Secrets a year later. Tokens that somebody asked for stay.
public final class LegacyTokenCleaner implements Controller<Secret> {

    private static final String TYPE = "kubernetes.io/service-account-token";
    private static final String ACCOUNT = "kubernetes.io/service-account.name";
    private static final String LAST_USED = "kubernetes.io/legacy-token-last-used";
    private static final String INVALID_SINCE = "kubernetes.io/legacy-token-invalid-since";

    /// Says since which day the API server writes down when tokens are used.
    private static final String TRACKING = "kube-apiserver-legacy-service-account-token-tracking";

    private static final Duration UNUSED = Duration.ofDays(365);
    private static final Duration PERIOD = Duration.ofDays(1);

    private LegacyTokenCleaner() {}

    public static Registration<Secret> registration() {
        return Registration.of(
                        "legacy-service-account-token-cleaner",
                        Secret.class,
                        new LegacyTokenCleaner())
                .reads(ServiceAccount.class)
                .reads(Pod.class)
                .reads(ConfigMap.class);
    }

    @Override
    public Plan reconcile(Secret secret, View view) {
        if (!secret.type().equals(TYPE) || secret.deleting()) {
            return Plan.NOTHING;
        }
        var labels = secret.metadata().labels();
        var limit = view.now().minus(UNUSED);
        if (!trackedLongEnough(view)
                || secret.metadata().creationTimestamp() == null
                || !secret.metadata().creationTimestamp().isBefore(limit)
                || notBefore(labels.get(LAST_USED), limit)
                || !generated(secret, view)
                || mounted(secret, view)) {
            return Plan.NOTHING.again(PERIOD);
        }
        var since = day(labels.get(INVALID_SINCE));
        if (since == null) {
            return Plan.of(invalid(secret, view.now())).again(PERIOD);
        }
        return since.isBefore(date(limit))
                ? Plan.of(Step.delete(secret))
                : Plan.NOTHING.again(PERIOD);
    }

    /// Until then nothing is known about when a token was last used.
    private static boolean trackedLongEnough(View view) {
        var tracking = view.find(ConfigMap.class, "kube-system", TRACKING);
        var since = tracking == null ? null : day(tracking.data().get("since"));
        return since != null
                && !view.now()
                        .isBefore(
                                since.plusDays(1)
                                        .atStartOfDay(ZoneOffset.UTC)
                                        .toInstant()
                                        .plus(UNUSED));
    }

    /// A label that is no date says nothing, so the token stays.
    private static boolean notBefore(@Nullable String label, Instant limit) {
        if (label == null) {
            return false;
        }
        var used = day(label);
        return used == null || !used.isBefore(date(limit));
    }

    /// Whether the Secret was made for the account: then the account lists it.
    private static boolean generated(Secret secret, View view) {
        var name = secret.metadata().annotations().getOrDefault(ACCOUNT, "");
        var account = view.find(ServiceAccount.class, secret.namespace(), name);
        return account != null
                && account.secrets().stream().anyMatch(own -> secret.name().equals(own.name()));
    }

    private static boolean mounted(Secret secret, View view) {
        return view.in(Pod.class, secret.namespace())
                .flatMap(pod -> pod.spec().volumes().stream())
                .map(volume -> volume.secret())
                .filter(Objects::nonNull)
                .anyMatch(source -> secret.name().equals(source.secretName()));
    }

    private static Step invalid(Secret secret, Instant now) {
        var label = Json.object(Map.of(INVALID_SINCE, Json.of(date(now).toString())));
        var metadata =
                Json.object(
                        Map.of(
                                "uid",
                                Json.of(secret.uid()),
                                "resourceVersion",
                                Json.of(secret.metadata().resourceVersion()),
                                "labels",
                                label));
        return new Step.PatchObject(
                Secret.class,
                secret.namespace(),
                secret.name(),
                Patch.merge(Json.object(Map.of("metadata", metadata))));
    }

    private static LocalDate date(Instant time) {
        return LocalDate.ofInstant(time, ZoneOffset.UTC);
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null ? null : LocalDate.parse(text);
        } catch (DateTimeParseException noDate) {
            return null;
        }
    }
}
