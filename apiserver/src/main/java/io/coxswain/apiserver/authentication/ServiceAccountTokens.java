package io.coxswain.apiserver.authentication;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Secret;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.authentication.TokenLifetimes.Lifetime;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.base.Clock;
import io.coxswain.storage.Store;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Issues and recognises the tokens of service accounts. A token is good until it expires, and only
/// as long as its account, and the Pod, Secret or Node it is bound to, exist.
public final class ServiceAccountTokens implements TokenAuthenticator {

    private static final String PREFIX = "system:serviceaccount:";
    private static final String PRIVATE = "kubernetes.io";
    private static final String POD_NAME = "authentication.kubernetes.io/pod-name";
    private static final String POD_UID = "authentication.kubernetes.io/pod-uid";
    private static final String NODE_NAME = "authentication.kubernetes.io/node-name";
    private static final String CREDENTIAL = "authentication.kubernetes.io/credential-id";

    private static final String WARN_AFTER = "warnafter";
    private static final String STALE = "authentication.k8s.io/stale-token";
    private static final String NODE_UID = "authentication.kubernetes.io/node-uid";

    /// What is on its way out still counts for so long.
    private static final Duration LEAVING = Duration.ofSeconds(60);

    private static final Refused INVALIDATED =
            new Refused("service account token has been invalidated");

    private final Tokens tokens;
    private final List<String> issuers;
    private final List<String> audiences;
    private final Store store;
    private final Catalog catalog;
    private final Clock clock;

    /// @param issuers of tokens that are good here; the first issues those of this server
    /// @param audiences what a token must be meant for to be good here, and is when it does not say
    public ServiceAccountTokens(
            Tokens tokens,
            List<String> issuers,
            List<String> audiences,
            Store store,
            Catalog catalog,
            Clock clock) {
        this.tokens = tokens;
        this.issuers = issuers;
        this.audiences = audiences;
        this.store = store;
        this.catalog = catalog;
        this.clock = clock;
    }

    public List<String> defaultAudiences() {
        return audiences;
    }

    /// The object a token lives and dies with.
    public record Bound(String kind, String name, String uid) {}

    /// A token, and what it is called in the audit log.
    public record Issued(String token, String id) {}

    public Issued issue(
            ServiceAccount account,
            List<String> forAudiences,
            Lifetime lifetime,
            @Nullable Bound bound) {
        var now = clock.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Json>();
        claims.put("aud", Json.array(forAudiences.stream().map(Json::of).toList()));
        claims.put("exp", Json.of(now + lifetime.seconds()));
        claims.put("iat", Json.of(now));
        claims.put("iss", Json.of(issuers.getFirst()));
        var id = UUID.randomUUID().toString();
        claims.put("jti", Json.of(id));
        var own = kubernetesClaims(account, bound);
        claims.put(
                PRIVATE,
                lifetime.warnAfter() == 0
                        ? own
                        : own.with(WARN_AFTER, Json.of(now + lifetime.warnAfter())));
        claims.put("nbf", Json.of(now));
        claims.put("sub", Json.of(PREFIX + account.namespace() + ":" + account.name()));
        return new Issued(tokens.sign(new Json.Obj(claims)), "JTI=" + id);
    }

    private Json.Obj kubernetesClaims(ServiceAccount account, @Nullable Bound bound) {
        var claims = new LinkedHashMap<String, Json>();
        claims.put("namespace", Json.of(account.namespace()));
        if (bound != null && bound.kind().equals("Pod")) {
            var pod = find(Pod.class, account.namespace(), bound.name());
            if (pod != null && !pod.spec().nodeName().isEmpty()) {
                var node = find(Node.class, "", pod.spec().nodeName());
                claims.put(
                        "node", reference(pod.spec().nodeName(), node == null ? "" : node.uid()));
            }
        }
        if (bound != null) {
            claims.put(bound.kind().toLowerCase(Locale.ROOT), reference(bound.name(), bound.uid()));
        }
        claims.put("serviceaccount", reference(account.name(), account.uid()));
        return new Json.Obj(claims);
    }

    @Override
    public Verdict verify(String token, List<String> wanted) {
        var unverified = Jwt.parse(token);
        if (unverified == null || !issuers.contains(unverified.claims().text("iss"))) {
            return UNKNOWN;
        }
        var claims = tokens.verify(token);
        if (claims == null) {
            return UNKNOWN;
        }
        var asked = wanted.isEmpty() ? audiences : wanted;
        var meant = claims.items("aud");
        var good = asked.stream().filter(name -> meant.contains(Json.of(name))).toList();
        if (good.isEmpty()) {
            return new Refused(wrongAudience(meant, asked));
        }
        var now = clock.now().getEpochSecond();
        if (!(claims.get("exp") instanceof Json.Int(var end) && now < end)) {
            return new Refused("service account token has expired");
        }
        if (!(claims.get("nbf") instanceof Json.Int(var start) && now >= start - 10)) {
            return new Refused("service account token is not valid yet");
        }
        var user = user(claims);
        return user == null ? INVALIDATED : new Accepted(user, good, stale(claims, now), List.of());
    }

    /// What is written down about a token that its client should have replaced by now.
    private static Map<String, String> stale(Json.Obj claims, long now) {
        return claims.object(PRIVATE).get(WARN_AFTER) instanceof Json.Int(var end) && now > end
                ? Map.of(
                        STALE,
                        "subject: "
                                + claims.text("sub")
                                + ", seconds after warning threshold: "
                                + (now - end))
                : Map.of();
    }

    static String wrongAudience(List<Json> meant, List<String> asked) {
        var actual =
                meant.stream()
                        .map(name -> new String(JsonWriter.write(name), StandardCharsets.UTF_8))
                        .toList();
        return "token audiences ["
                + String.join(" ", actual)
                + "] is invalid for the target audiences ["
                + String.join(" ", asked.stream().map(name -> "\"" + name + "\"").toList())
                + "]";
    }

    private @Nullable User user(Json.Obj claims) {
        var own = claims.object(PRIVATE);
        var namespace = own.text("namespace");
        var named = own.object("serviceaccount");
        var node = own.object("node");
        var ofPod = !own.object("pod").text("name").isEmpty();
        if (!alive(ServiceAccount.class, namespace, named)
                || named.text("name").isEmpty()
                || !alive(Pod.class, namespace, own.object("pod"))
                || !alive(Secret.class, namespace, own.object("secret"))
                || (!ofPod && !alive(Node.class, "", node))) {
            return null;
        }
        var extra = new LinkedHashMap<String, List<String>>();
        extra.put(CREDENTIAL, List.of("JTI=" + claims.text("jti")));
        if (!node.text("name").isEmpty()) {
            extra.put(NODE_NAME, List.of(node.text("name")));
        }
        if (!node.text("uid").isEmpty()) {
            extra.put(NODE_UID, List.of(node.text("uid")));
        }
        if (ofPod) {
            extra.put(POD_NAME, List.of(own.object("pod").text("name")));
            extra.put(POD_UID, List.of(own.object("pod").text("uid")));
        }
        return new User(
                PREFIX + namespace + ":" + named.text("name"),
                named.text("uid"),
                groups(namespace),
                Map.copyOf(extra));
    }

    static List<String> groups(String namespace) {
        return List.of(
                "system:serviceaccounts",
                "system:serviceaccounts:" + namespace,
                User.AUTHENTICATED);
    }

    private <T extends Resource> boolean alive(
            Class<T> type, String namespace, Json.Obj reference) {
        if (reference.text("name").isEmpty()) {
            return true;
        }
        var object = find(type, namespace, reference.text("name"));
        if (object == null || !object.uid().equals(reference.text("uid"))) {
            return false;
        }
        var leaves = object.metadata().deletionTimestamp();
        return leaves == null || !leaves.plus(LEAVING).isBefore(clock.now());
    }

    private <T extends Resource> @Nullable T find(Class<T> type, String namespace, String name) {
        var kind = catalog.of(type);
        var entry = store.snapshot().get(kind.key(namespace, name));
        return entry == null ? null : kind.object(entry);
    }

    private static Json reference(String name, String uid) {
        var fields = new LinkedHashMap<String, Json>();
        fields.put("name", Json.of(name));
        fields.put("uid", Json.of(uid));
        return new Json.Obj(fields);
    }
}
