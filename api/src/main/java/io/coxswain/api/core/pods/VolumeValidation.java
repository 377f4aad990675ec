package io.coxswain.api.core.pods;

import io.coxswain.api.core.Volume;
import io.coxswain.api.core.Volumes.ConfigMapVolumeSource;
import io.coxswain.api.core.Volumes.DownwardAPIVolumeFile;
import io.coxswain.api.core.Volumes.EmptyDirVolumeSource;
import io.coxswain.api.core.Volumes.HostPathVolumeSource;
import io.coxswain.api.core.Volumes.KeyToPath;
import io.coxswain.api.core.Volumes.ImageVolumeSource;
import io.coxswain.api.core.Volumes.NFSVolumeSource;
import io.coxswain.api.core.Volumes.SecretVolumeSource;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Quantity;
import io.coxswain.api.schema.RecordType;
import io.coxswain.api.schema.Required;
import io.coxswain.api.validation.Names;
import io.coxswain.api.validation.Values;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The rules of a pod's volumes.
public final class VolumeValidation {

    private static final List<String> HOST_PATH_TYPES =
            List.of(
                    "",
                    "BlockDevice",
                    "CharDevice",
                    "Directory",
                    "DirectoryOrCreate",
                    "File",
                    "FileOrCreate",
                    "Socket");

    /// Sources with rules of their own; of the others, what is required must be there.
    private static final Set<String> OWN_RULES =
            Set.of(
                    "emptyDir",
                    "hostPath",
                    "secret",
                    "configMap",
                    "nfs",
                    "projected",
                    "downwardAPI",
                    "image");

    private static final List<String> PULL_POLICIES = List.of("Always", "IfNotPresent", "Never");

    private VolumeValidation() {}

    static void volumes(List<Volume> volumes, FieldErrors errors) {
        var names = new HashSet<String>();
        for (var i = 0; i < volumes.size(); i++) {
            var volume = volumes.get(i);
            var at = errors.at(i);
            if (volume.name().isEmpty()) {
                at.at("name").required("");
            } else {
                at.at("name").invalid(volume.name(), Names.label(volume.name()));
            }
            if (!names.add(volume.name())) {
                at.at("name").duplicate(volume.name());
            }
            source(volume, at);
        }
    }

    /// Exactly one of the sources that the record offers.
    public static void one(List<String> sources, FieldErrors errors) {
        if (sources.isEmpty()) {
            errors.required("must specify a volume type");
        }
        sources.stream()
                .skip(1)
                .forEach(name ->
                        errors.at(name).forbidden("may not specify more than 1 volume type"));
    }

    /// A path that stays below where it starts.
    public static void descendingPath(String path, FieldErrors errors) {
        if (path.startsWith("/")) {
            errors.invalid(path, "must be a relative path");
        }
        noBacksteps(path, errors);
    }

    static void noBacksteps(String path, FieldErrors errors) {
        if (List.of(path.split("/", -1)).contains("..")) {
            errors.invalid(path, "must not contain '..'");
        }
    }

    /// What a source requires must not be empty.
    public static void requiredFields(Record source, FieldErrors errors) {
        @SuppressWarnings("unchecked")
        var type = RecordType.of((Class<Record>) source.getClass());
        for (var part : type.components()) {
            var value = part.get(source);
            if (part.has(Required.class) && ("".equals(value) || List.of().equals(value))) {
                errors.at(part.json()).required("");
            }
        }
    }

    public static void hostPath(HostPathVolumeSource source, FieldErrors errors) {
        if (source.path().isEmpty()) {
            errors.at("path").required("");
            return;
        }
        noBacksteps(source.path(), errors.at("path"));
        if (source.type() != null) {
            Values.oneOf(source.type(), HOST_PATH_TYPES, errors.at("type"));
        }
    }

    private static void image(ImageVolumeSource source, FieldErrors errors) {
        if (source.reference().isEmpty()) {
            errors.at("reference").required("");
        }
        Values.requiredOneOf(source.pullPolicy(), PULL_POLICIES, errors.at("pullPolicy"));
    }

    public static void nfs(NFSVolumeSource source, FieldErrors errors) {
        if (source.server().isEmpty()) {
            errors.at("server").required("");
        }
        if (source.path().isEmpty()) {
            errors.at("path").required("");
        }
        if (!source.path().startsWith("/")) {
            errors.at("path").invalid(source.path(), "must be an absolute path");
        }
    }

    static void mode(@Nullable Integer mode, FieldErrors errors) {
        if (mode != null && (mode < 0 || mode > 0777)) {
            errors.invalid(mode, "must be a number between 0 and 0777 (octal), both inclusive");
        }
    }

    static void keys(List<KeyToPath> items, FieldErrors errors) {
        for (var i = 0; i < items.size(); i++) {
            var item = items.get(i);
            var at = errors.at(i);
            Values.required(item.key(), at.at("key"));
            fileName(item.path(), at.at("path"));
            mode(item.mode(), at.at("mode"));
        }
    }

    static void downwardFile(DownwardAPIVolumeFile file, FieldErrors errors) {
        fileName(file.path(), errors.at("path"));
        if (file.fieldRef() != null) {
            EnvironmentValidation.volumeField(file.fieldRef(), errors.at("fieldRef"));
            if (file.resourceFieldRef() != null) {
                errors.invalid(
                        "resource",
                        "fieldRef and resourceFieldRef can not be specified simultaneously");
            }
        } else if (file.resourceFieldRef() != null) {
            EnvironmentValidation.resource(
                    file.resourceFieldRef(), true, errors.at("resourceFieldRef"));
        } else {
            errors.required("one of fieldRef and resourceFieldRef is required");
        }
        mode(file.mode(), errors.at("mode"));
    }

    /// The path of a file in a volume that the kubelet writes; `..` begins its own names.
    static void fileName(String path, FieldErrors errors) {
        if (path.isEmpty()) {
            errors.required("");
            return;
        }
        descendingPath(path, errors);
        if (path.startsWith("..") && !path.startsWith("../")) {
            errors.invalid(path, "must not start with '..'");
        }
    }

    private static void source(Volume volume, FieldErrors errors) {
        var sources = VolumeSources.of(volume);
        one(sources, errors);
        if (sources.isEmpty()) {
            return;
        }
        var first = sources.getFirst();
        var at = errors.at(first);
        if (OWN_RULES.contains(first)) {
            known(volume, first, at);
            return;
        }
        var part = RecordType.of(Volume.class).component(first);
        if (part.get(volume) instanceof Record source) {
            requiredFields(source, at);
        }
        if (volume.ephemeral() != null && first.equals("ephemeral")) {
            var template = volume.ephemeral().volumeClaimTemplate();
            if (template == null) {
                at.at("volumeClaimTemplate").required("");
            } else {
                ClaimValidation.spec(template.spec(), at.at("volumeClaimTemplate").at("spec"));
            }
        }
        if (volume.csi() != null
                && volume.csi().nodePublishSecretRef() != null
                && volume.csi().nodePublishSecretRef().name().isEmpty()) {
            at.at("nodePublishSecretRef").at("name").required("");
        }
    }

    private static void known(Volume volume, String source, FieldErrors errors) {
        switch (source) {
            case "emptyDir" -> emptyDir(volume.emptyDir(), errors);
            case "hostPath" -> {
                if (volume.hostPath() != null) {
                    hostPath(volume.hostPath(), errors);
                }
            }
            case "nfs" -> {
                if (volume.nfs() != null) {
                    nfs(volume.nfs(), errors);
                }
            }
            case "image" -> {
                if (volume.image() != null) {
                    image(volume.image(), errors);
                }
            }
            case "secret" -> secret(volume.secret(), errors);
            case "configMap" -> configMap(volume.configMap(), errors);
            case "projected" -> ProjectionValidation.check(volume.projected(), errors);
            default -> {
                var downward = volume.downwardAPI();
                if (downward != null) {
                    mode(downward.defaultMode(), errors.at("defaultMode"));
                    for (var i = 0; i < downward.items().size(); i++) {
                        downwardFile(downward.items().get(i), errors);
                    }
                }
            }
        }
    }

    private static void emptyDir(@Nullable EmptyDirVolumeSource source, FieldErrors errors) {
        if (source != null
                && source.sizeLimit() != null
                && source.sizeLimit().compareTo(Quantity.ZERO) < 0) {
            errors.at("sizeLimit").forbidden("SizeLimit field must be a valid resource quantity");
        }
    }

    private static void secret(@Nullable SecretVolumeSource source, FieldErrors errors) {
        if (source == null) {
            return;
        }
        Values.required(source.secretName(), errors.at("secretName"));
        mode(source.defaultMode(), errors.at("defaultMode"));
        keys(source.items(), errors.at("items"));
    }

    private static void configMap(@Nullable ConfigMapVolumeSource source, FieldErrors errors) {
        if (source == null) {
            return;
        }
        Values.required(source.name(), errors.at("name"));
        mode(source.defaultMode(), errors.at("defaultMode"));
        keys(source.items(), errors.at("items"));
    }
}
