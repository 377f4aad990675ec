package io.coxswain.apiserver.crd.conversion;

import io.coxswain.api.apiextensions.CustomResourceDefinition;
import io.coxswain.api.json.Json;
import io.coxswain.api.schema.ApiError;
import io.coxswain.api.schema.Errors;
import io.coxswain.apiserver.crd.Converter;
import io.coxswain.apiserver.remote.CallFailed;
import io.coxswain.apiserver.remote.WebhookClient;
import io.coxswain.apiserver.remote.WebhookClient.Patience;
import io.coxswain.apiserver.remote.WebhookTarget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.UUID;

/// Asks a webhook for the other version of objects, all of them with one review.
///
/// Of the metadata, a webhook may change labels and annotations; everything else stays what it was.
public final class WebhookConverter implements Converter {

    private static final String GROUP = "apiextensions.k8s.io/";

    private static final Patience PATIENCE = new Patience(Duration.ofSeconds(30), 64 << 20);

    /// Sends a review; throws [CallFailed] when there is no answer.
    @FunctionalInterface
    public interface Reviewer {
        Json.Obj review(Json.Obj review);
    }

    private final String reviewVersion;
    private final Reviewer reviewer;

    private WebhookConverter(String reviewVersion, Reviewer reviewer) {
        this.reviewVersion = reviewVersion;
        this.reviewer = reviewer;
    }

    /// What a definition asks for.
    public static Converter of(CustomResourceDefinition definition, WebhookClient client) {
        return of(definition, review -> client.ask(target(definition), review, PATIENCE));
    }

    private static WebhookTarget target(CustomResourceDefinition definition) {
        var conversion = definition.spec().conversion();
        var webhook = conversion == null ? null : conversion.webhook();
        var config = webhook == null ? null : webhook.clientConfig();
        if (config == null) {
            throw new CallFailed("no webhook is configured");
        }
        return WebhookTarget.of(config);
    }

    /// What a definition asks for; `reviewer` reaches its webhook.
    public static Converter of(CustomResourceDefinition definition, Reviewer reviewer) {
        var conversion = definition.spec().conversion();
        var webhook = conversion == null ? null : conversion.webhook();
        if (conversion == null || webhook == null || !conversion.strategy().equals("Webhook")) {
            return NONE;
        }
        var version = webhook.conversionReviewVersions().contains("v1") ? "v1" : "v1beta1";
        return new WebhookConverter(version, reviewer);
    }

    @Override
    public List<Json.Obj> convert(List<Json.Obj> objects, String apiVersion) {
        if (objects.isEmpty()) {
            return objects;
        }
        var kind =
                objects.getFirst().text("apiVersion") + ", Kind=" + objects.getFirst().text("kind");
        var uid = UUID.randomUUID().toString();
        try {
            var answer = reviewer.review(review(uid, objects, apiVersion)).object("response");
            return checked(answer, uid, objects, apiVersion, kind);
        } catch (CallFailed failure) {
            throw failed("conversion webhook for " + kind + " failed: " + failure.text());
        }
    }

    private Json.Obj review(String uid, List<Json.Obj> objects, String apiVersion) {
        var request = new LinkedHashMap<String, Json>();
        request.put("uid", Json.of(uid));
        request.put("desiredAPIVersion", Json.of(apiVersion));
        request.put("objects", Json.array(objects));
        var review = new LinkedHashMap<String, Json>();
        review.put("kind", Json.of("ConversionReview"));
        review.put("apiVersion", Json.of(GROUP + reviewVersion));
        review.put("request", new Json.Obj(request));
        return new Json.Obj(review);
    }

    private static List<Json.Obj> checked(
            Json.Obj answer, String uid, List<Json.Obj> objects, String version, String kind) {
        if (!answer.text("uid").equals(uid)) {
            throw new CallFailed(
                    "expected response.uid=\"" + uid + "\", got \"" + answer.text("uid") + "\"");
        }
        var result = answer.object("result");
        if (!result.text("status").equals("Success")) {
            var message = result.text("message");
            throw new CallFailed(
                    message.isEmpty()
                            ? "response.result.status was '"
                                    + result.text("status")
                                    + "', not 'Success'"
                            : message);
        }
        var converted = answer.items("convertedObjects");
        if (converted.size() != objects.size()) {
            throw failed(
                    "conversion webhook for "
                            + kind
                            + " returned "
                            + converted.size()
                            + " objects, expected "
                            + objects.size());
        }
        var all = new ArrayList<Json.Obj>(objects.size());
        for (var i = 0; i < objects.size(); i++) {
            var object = converted.get(i) instanceof Json.Obj tree ? tree : Json.EMPTY;
            if (!object.text("apiVersion").equals(version)) {
                throw failed(
                        "conversion webhook for "
                                + kind
                                + " returned invalid converted object at index "
                                + i
                                + ": invalid groupVersion (expected "
                                + version
                                + ", received "
                                + object.text("apiVersion")
                                + ")");
            }
            all.add(restored(objects.get(i), object, kind, i));
        }
        return all;
    }

    private static Json.Obj restored(Json.Obj original, Json.Obj converted, String kind, int i) {
        var before = original.object("metadata");
        var after = converted.object("metadata");
        for (var name : List.of("name", "namespace", "uid")) {
            if (!before.text(name).equals(after.text(name))) {
                throw failed(
                        "conversion webhook for "
                                + kind
                                + " returned invalid metadata in object at index "
                                + i
                                + ": must have the same "
                                + name
                                + " ("
                                + after.text(name)
                                + " != "
                                + before.text(name)
                                + ")");
            }
        }
        var metadata = before;
        for (var name : List.of("labels", "annotations")) {
            var value = after.get(name);
            metadata = value == null ? metadata.without(name) : metadata.with(name, value);
        }
        return converted.with("metadata", metadata);
    }

    private static ApiError failed(String message) {
        return Errors.of(500, "", message, null);
    }
}
