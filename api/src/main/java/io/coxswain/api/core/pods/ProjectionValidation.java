package io.coxswain.api.core.pods;

import io.coxswain.api.core.Volumes.ClusterTrustBundleProjection;
import io.coxswain.api.core.Volumes.DownwardAPIVolumeFile;
import io.coxswain.api.core.Volumes.KeyToPath;
import io.coxswain.api.core.Volumes.ProjectedVolumeSource;
import io.coxswain.api.core.Volumes.ServiceAccountTokenProjection;
import io.coxswain.api.core.Volumes.VolumeProjection;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of projected volumes: several sources, no two with the same path.
final class ProjectionValidation {

    private static final long TOKEN_SECONDS_MIN = 600;
    private static final long TOKEN_SECONDS_MAX = 1L << 32;

    private final Set<String> paths = new HashSet<>();

    private ProjectionValidation() {}

    static void check(@Nullable ProjectedVolumeSource projected, FieldErrors errors) {
        if (projected == null) {
            return;
        }
        VolumeValidation.mode(projected.defaultMode(), errors.at("defaultMode"));
        var validation = new ProjectionValidation();
        for (var i = 0; i < projected.sources().size(); i++) {
            validation.source(projected.sources().get(i), errors.at("sources").at(i));
        }
    }

    private void source(VolumeProjection source, FieldErrors errors) {
        var named =
                RecordType.of(VolumeProjection.class).components().stream()
                        .filter(part -> part.get(source) != null)
                        .map(RecordType.Component::json)
                        .toList();
        named.stream()
                .skip(1)
                .forEach(name ->
                        errors.at(name).forbidden("may not specify more than 1 volume type"));
        if (named.isEmpty()) {
            errors.required("must specify a projected volume source");
            return;
        }
        var at = errors.at(named.getFirst());
        if (source.secret() != null) {
            Values.required(source.secret().name(), at.at("name"));
            items(source.secret().items(), at);
        } else if (source.configMap() != null) {
            Values.required(source.configMap().name(), at.at("name"));
            items(source.configMap().items(), at);
        } else if (source.downwardAPI() != null) {
            files(source.downwardAPI().items(), at);
        } else if (source.serviceAccountToken() != null) {
            token(source.serviceAccountToken(), at);
        } else if (source.clusterTrustBundle() != null) {
            bundle(source.clusterTrustBundle(), at);
        }
    }

    private void items(List<KeyToPath> items, FieldErrors errors) {
        VolumeValidation.keys(items, errors.at("items"));
        items.forEach(item -> unique(item.path(), errors));
    }

    private void files(List<DownwardAPIVolumeFile> files, FieldErrors errors) {
        for (var file : files) {
            VolumeValidation.downwardFile(file, errors);
            unique(file.path(), errors);
        }
    }

    private void token(ServiceAccountTokenProjection token, FieldErrors errors) {
        var seconds = token.expirationSeconds();
        if (seconds != null && seconds < TOKEN_SECONDS_MIN) {
            errors.at("expirationSeconds")
                    .invalid(seconds, "may not specify a duration less than 10 minutes");
        }
        if (seconds != null && seconds > TOKEN_SECONDS_MAX) {
            errors.at("expirationSeconds")
                    .invalid(seconds, "may not specify a duration larger than 2^32 seconds");
        }
        VolumeValidation.fileName(token.path(), errors.at("path"));
        unique(token.path(), errors);
    }

    private void bundle(ClusterTrustBundleProjection bundle, FieldErrors errors) {
        VolumeValidation.fileName(bundle.path(), errors.at("path"));
        unique(bundle.path(), errors);
    }

    private void unique(String path, FieldErrors errors) {
        if (!path.isEmpty() && !paths.add(path)) {
            errors.at("path").invalid(path, "conflicting duplicate paths");
        }
    }
}
