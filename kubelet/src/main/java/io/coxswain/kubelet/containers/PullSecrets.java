package io.coxswain.kubelet.containers;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Secret;
import io.coxswain.api.json.Json;
import io.coxswain.api.json.JsonReader;
import io.coxswain.kubelet.pod.ImagePuller;
import io.coxswain.kubelet.runtime.RegistryAuth;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The registry credentials in a pod's `imagePullSecrets`.
public final class PullSecrets implements ImagePuller.Credentials {

    private static final Logger LOG = LoggerFactory.getLogger(PullSecrets.class);
    private static final String DEFAULT_REGISTRY = "docker.io";

    private final ApiObjects objects;

    public PullSecrets(ApiObjects objects) {
        this.objects = objects;
    }

    @Override
    public List<RegistryAuth> of(Pod pod, String image) {
        var registry = registry(image);
        var found = new ArrayList<RegistryAuth>();
        for (var reference : pod.spec().imagePullSecrets()) {
            var secret = objects.secret(pod.namespace(), reference.name());
            if (secret != null) {
                registries(secret)
                        .fields()
                        .forEach((server, entry) -> {
                            var auth = auth(server, entry);
                            if (auth != null && matches(server, registry, image)) {
                                found.add(auth);
                            }
                        });
            }
        }
        return found;
    }

    private static Json.Obj registries(Secret secret) {
        var config = secret.data().get(".dockerconfigjson");
        var old = secret.data().get(".dockercfg");
        try {
            if (config != null) {
                return JsonReader.readObject(config).object("auths");
            }
            return old == null ? Json.EMPTY : JsonReader.readObject(old);
        } catch (RuntimeException e) {
            LOG.info("pull secret {}/{} is malformed", secret.namespace(), secret.name());
            return Json.EMPTY;
        }
    }

    private static @Nullable RegistryAuth auth(String server, Json entry) {
        if (!(entry instanceof Json.Obj fields)) {
            return null;
        }
        var user = fields.text("username");
        var password = fields.text("password");
        if (user.isEmpty() && !fields.text("auth").isEmpty()) {
            try {
                var pair =
                        new String(
                                Base64.getDecoder().decode(fields.text("auth")),
                                StandardCharsets.UTF_8);
                var colon = pair.indexOf(':');
                user = colon < 0 ? pair : pair.substring(0, colon);
                password = colon < 0 ? "" : pair.substring(colon + 1);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
        var token = fields.text("identitytoken");
        return new RegistryAuth(user, password, server, token.isEmpty() ? null : token, null);
    }

    /// The host part of an image name.
    static String registry(String image) {
        var slash = image.indexOf('/');
        var first = slash < 0 ? "" : image.substring(0, slash);
        var host = first.contains(".") || first.contains(":") || first.equals("localhost");
        return host ? first : DEFAULT_REGISTRY;
    }

    /// `server` may carry a scheme, a path that the image must start with, and `*` in its host.
    static boolean matches(String server, String registry, String image) {
        var plain = server.replaceFirst("^https?://", "").replaceFirst("/$", "");
        var slash = plain.indexOf('/');
        var host = slash < 0 ? plain : plain.substring(0, slash);
        var path = slash < 0 ? "" : plain.substring(slash);
        if (host.equals("index.docker.io") || host.equals("registry-1.docker.io")) {
            host = DEFAULT_REGISTRY;
            path = path.startsWith("/v1") || path.startsWith("/v2") ? "" : path;
        }
        var pattern = host.replace(".", "\\.").replace("*", "[^.]*");
        return registry.matches(pattern) && (path.isEmpty() || image.startsWith(host + path));
    }
}
