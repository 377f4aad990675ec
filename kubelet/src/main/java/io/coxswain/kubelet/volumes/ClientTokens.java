package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.Pod;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.base.Clock;
import io.coxswain.client.Client;
import io.coxswain.http.Payload;
import io.coxswain.http.Request;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Gets tokens by TokenRequest and keeps each until 80 % of its life, or a day, is over.
public final class ClientTokens implements Tokens {

    private static final Duration KEPT_MAX = Duration.ofHours(24);

    private final Client client;
    private final Clock clock;
    private final Map<Key, Held> held = new ConcurrentHashMap<>();

    private record Key(String uid, String account, String audience, long seconds) {}

    private record Held(String token, Instant refreshAt, Instant expires) {}

    public ClientTokens(Client client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    @Override
    public String token(Pod pod, String audience, long expirationSeconds) {
        var account = pod.spec().serviceAccountName();
        var key = new Key(pod.uid(), account, audience, expirationSeconds);
        var now = clock.now();
        var before = held.get(key);
        if (before != null && now.isBefore(before.refreshAt())) {
            return before.token();
        }
        held.values().removeIf(token -> token.expires().isBefore(now));
        var fresh = request(pod, account, audience, expirationSeconds);
        held.put(key, fresh);
        return fresh.token();
    }

    private Held request(Pod pod, String account, String audience, long seconds) {
        var now = clock.now();
        var path =
                "/api/v1/namespaces/" + pod.namespace() + "/serviceaccounts/" + account + "/token";
        var body = JsonWriter.write(body(pod, audience, seconds));
        var answer =
                client.json(
                        Request.of("POST", path).withBody("application/json", Payload.of(body)));
        var status = answer.object("status");
        var expires = Instant.parse(status.text("expirationTimestamp"));
        var life = Duration.between(now, expires);
        var keep = life.multipliedBy(4).dividedBy(5);
        return new Held(
                status.text("token"),
                now.plus(keep.compareTo(KEPT_MAX) < 0 ? keep : KEPT_MAX),
                expires);
    }

    private static Json.Obj body(Pod pod, String audience, long seconds) {
        var reference =
                Json.object(
                        Map.of(
                                "kind",
                                Json.of("Pod"),
                                "apiVersion",
                                Json.of("v1"),
                                "name",
                                Json.of(pod.name()),
                                "uid",
                                Json.of(pod.uid())));
        List<Json> audiences = audience.isEmpty() ? List.of() : List.of(Json.of(audience));
        var spec =
                Json.object(
                        Map.of(
                                "audiences",
                                Json.array(audiences),
                                "expirationSeconds",
                                Json.of(seconds),
                                "boundObjectRef",
                                reference));
        return Json.object(
                Map.of(
                        "kind",
                        Json.of("TokenRequest"),
                        "apiVersion",
                        Json.of("authentication.k8s.io/v1"),
                        "spec",
                        spec));
    }
}
