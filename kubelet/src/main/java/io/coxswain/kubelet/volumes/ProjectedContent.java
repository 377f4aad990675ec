package io.coxswain.kubelet.volumes;

import io.coxswain.api.core.Pod;
import io.coxswain.api.core.Volume;
import io.coxswain.api.core.Volumes.ServiceAccountTokenProjection;
import io.coxswain.api.core.Volumes.VolumeProjection;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Several sources in one directory: tokens, ConfigMaps, Secrets, fields of the pod.
final class ProjectedContent implements Content {

    private static final long DEFAULT_EXPIRATION_SECONDS = 3600;

    @Override
    public String directory() {
        return "kubernetes.io~projected";
    }

    @Override
    public boolean handles(Volume volume) {
        return volume.projected() != null;
    }

    @Override
    public boolean secret() {
        return true;
    }

    @Override
    public Map<String, FileContent> files(VolumeContext context) throws VolumeException {
        var source = context.volume().projected();
        var files = new TreeMap<String, FileContent>();
        if (source == null) {
            return files;
        }
        var mode = Keys.mode(source.defaultMode());
        for (var projection : source.sources()) {
            files.putAll(files(context, projection, mode));
        }
        return files;
    }

    private static Map<String, FileContent> files(
            VolumeContext context, VolumeProjection projection, int mode) throws VolumeException {
        var token = projection.serviceAccountToken();
        if (token != null) {
            return Map.of(token.path(), token(context, token, mode));
        }
        var map = projection.configMap();
        if (map != null) {
            return ConfigMapContent.files(context, map.name(), map.items(), map.optional(), mode);
        }
        var secret = projection.secret();
        if (secret != null) {
            return SecretContent.files(
                    context, secret.name(), secret.items(), secret.optional(), mode);
        }
        var fields = projection.downwardAPI();
        if (fields != null) {
            return DownwardContent.files(context, fields.items(), mode);
        }
        throw new VolumeException("this projection is not supported on this node");
    }

    private static FileContent token(
            VolumeContext context, ServiceAccountTokenProjection source, int mode) {
        var seconds = source.expirationSeconds();
        var text =
                context.tools()
                        .tokens()
                        .token(
                                context.pod(),
                                source.audience(),
                                seconds == null ? DEFAULT_EXPIRATION_SECONDS : seconds);
        var user = onlyUser(context.pod());
        var guarded = user != null || context.fsGroup() != null;
        return new FileContent(text.getBytes(StandardCharsets.UTF_8), guarded ? 0600 : mode, user);
    }

    /// The user that all containers of the pod run as, when there is just one.
    private static @Nullable Long onlyUser(Pod pod) {
        var whole = pod.spec().securityContext();
        var users = new HashSet<@Nullable Long>();
        for (var container : pod.spec().containers()) {
            var own = container.securityContext();
            users.add(
                    own != null && own.runAsUser() != null
                            ? own.runAsUser()
                            : whole == null ? null : whole.runAsUser());
        }
        return users.size() == 1 ? users.iterator().next() : null;
    }
}
