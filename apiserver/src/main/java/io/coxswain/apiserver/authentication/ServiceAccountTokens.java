package io.coxswain.apiserver.authentication;

import io.coxswain.api.core.Node;
import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Secret;
import io.coxswain.api.core.ServiceAccount;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonWriter;
import io.coxswain.api.schema.Resource;
import io.coxswain.apiserver.User;
import io.coxswain.apiserver.registry.Catalog;
import io.coxswain.base.Clock;
import io.coxswain.http.Request;
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
public final class ServiceAccountTokens implements Authenticator {

    private static final String PREFIX = "system:serviceaccount:";
    private static final String PRIVATE = "kubernetes.io";
    private static final String POD_NAME = "authentication.kubernetes.io/pod-name";
    private static final String POD_UID = "authentication.kubernetes.io/pod-uid";
    private static final String NODE_NAME = "authentication.kubernetes.io/node-name";
    private static final String CREDENTIAL = "authentication.kubernetes.io/credential-id";

    private final Tokens tokens;
    private final String issuer;
    private final List<String> audiences;
    private final Store store;
    private final Catalog catalog;
    private final Clock clock;

    /// @param audiences what a token must be meant for to be good here; the first is the default
    public ServiceAccountTokens(
            Tokens tokens,
            String issuer,
            List<String> audiences,
            Store store,
            Catalog catalog,
            Clock clock) {
        this.tokens = tokens;
        this.issuer = issuer;
        this.audiences = audiences;
        this.store = store;
        this.catalog = catalog;
        this.clock = clock;
    }

    public String issuer() {
        return issuer;
    }

    public List<String> defaultAudiences() {
        return audiences;
    }

    /// The object a token lives and dies with.
    public record Bound(String kind, String name, String uid) {}

    public String issue(
            ServiceAccount account,
            List<String> forAudiences,
            Duration lifetime,
            @Nullable Bound bound) {
        var now = clock.now().getEpochSecond();
        var claims = new LinkedHashMap<String, Json>();
        claims.put("aud", Json.array(forAudiences.stream().map(Json::of).toList()));
        claims.put("exp", Json.of(now + lifetime.toSeconds()));
        claims.put("iat", Json.of(now));
        claims.put("iss", Json.of(issuer));
        claims.put("jti", Json.of(UUID.randomUUID().toString()));
        claims.put(PRIVATE, kubernetesClaims(account, bound));
        claims.put("nbf", Json.of(now));
        claims.put("sub", Json.of(PREFIX + account.namespace() + ":" + account.name()));
        return tokens.sign(new Json.Obj(claims));
    }

    private Json kubernetesClaims(ServiceAccount account, @Nullable Bound bound) {
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
    public @Nullable User authenticate(Request request) {
        var token = Authenticator.bearerToken(request);
        return token == null ? null : userOf(token, audiences);
    }

    /// Who a token stands for, if it is good for one of `accepted` audiences; else null.
    public @Nullable User userOf(String token, List<String> accepted) {
        var claims = tokens.verify(token);
        if (claims == null || !claims.text("iss").equals(issuer) || expired(claims)) {
            return null;
        }
        var meantFor = claims.items("aud").stream().toList();
        if (accepted.stream().noneMatch(audience -> meantFor.contains(Json.of(audience)))) {
            return null;
        }
        return user(claims);
    }

    /// Why a token of this issuer is not good for `wanted`, as reviewers are told; null for a token
    /// that is none of ours.
    public @Nullable String problemOf(String token, List<String> wanted) {
        var claims = tokens.verify(token);
        if (claims == null || !claims.text("iss").equals(issuer)) {
            return null;
        }
        if (meantFor(claims, wanted).isEmpty()) {
            var actual =
                    claims.items("aud").stream()
                            .map(name -> new String(JsonWriter.write(name), StandardCharsets.UTF_8))
                            .toList();
            return "token audiences "
                    + "["
                    + String.join(" ", actual)
                    + "] is invalid for the target audiences ["
                    + String.join(" ", wanted.stream().map(name -> "\"" + name + "\"").toList())
                    + "]";
        }
        return expired(claims)
                ? "service account token has expired"
                : "service account token has been invalidated";
    }

    /// Which of `wanted` a token is meant for; all of them, when it is none of ours.
    public List<String> meantFor(String token, List<String> wanted) {
        var claims = tokens.verify(token);
        return claims == null || !claims.text("iss").equals(issuer)
                ? wanted
                : meantFor(claims, wanted);
    }

    private static List<String> meantFor(Json.Obj claims, List<String> wanted) {
        var actual = claims.items("aud");
        return wanted.stream().filter(name -> actual.contains(Json.of(name))).toList();
    }

    private boolean expired(Json.Obj claims) {
        var now = clock.now().getEpochSecond();
        return !(claims.get("exp") instanceof Json.Int(var end) && now < end)
                || !(claims.get("nbf") instanceof Json.Int(var start) && now >= start - 10);
    }

    private @Nullable User user(Json.Obj claims) {
        var own = claims.object(PRIVATE);
        var namespace = own.text("namespace");
        var named = own.object("serviceaccount");
        var account = find(ServiceAccount.class, namespace, named.text("name"));
        if (account == null
                || !account.uid().equals(named.text("uid"))
                || !alive(Pod.class, namespace, own.object("pod"))
                || !alive(Secret.class, namespace, own.object("secret"))) {
            return null;
        }
        var extra = new LinkedHashMap<String, List<String>>();
        extra.put(CREDENTIAL, List.of("JTI=" + claims.text("jti")));
        if (!own.object("node").text("name").isEmpty()) {
            extra.put(NODE_NAME, List.of(own.object("node").text("name")));
        }
        if (!own.object("pod").text("name").isEmpty()) {
            extra.put(POD_NAME, List.of(own.object("pod").text("name")));
            extra.put(POD_UID, List.of(own.object("pod").text("uid")));
        }
        return new User(
                PREFIX + namespace + ":" + account.name(),
                account.uid(),
                List.of(
                        "system:serviceaccounts",
                        "system:serviceaccounts:" + namespace,
                        User.AUTHENTICATED),
                Map.copyOf(extra));
    }

    private <T extends Resource> boolean alive(
            Class<T> type, String namespace, Json.Obj reference) {
        if (reference.text("name").isEmpty()) {
            return true;
        }
        var object = find(type, namespace, reference.text("name"));
        return object != null && object.uid().equals(reference.text("uid"));
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
