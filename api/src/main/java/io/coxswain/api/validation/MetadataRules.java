package io.coxswain.api.validation;

import io.coxswain.api.meta.ObjectMeta;
import io.coxswain.api.meta.ObjectMeta.OwnerReference;
import io.coxswain.api.schema.FieldErrors;
import io.coxswain.api.schema.Kind;
import io.coxswain.api.schema.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The rules of `metadata`, the same for every kind.
public final class MetadataRules {

    private static final int ANNOTATIONS_BYTES_MAX = 256 * 1024;
    private static final int MANAGER_BYTES_MAX = 128;

    private static final List<String> STANDARD_FINALIZERS =
            List.of("kubernetes", "orphan", "foregroundDeletion");

    private MetadataRules() {}

    /// Reports at `errors`, which stands at `metadata`.
    public static void check(Resource object, NameRule names, FieldErrors errors) {
        common(object.metadata(), object.namespaced(), names, errors);
        if (isBuiltIn(object)) {
            standardFinalizers(object.metadata().finalizers(), errors.at("finalizers"));
        }
    }

    public static void check(
            ObjectMeta metadata, boolean namespaced, NameRule names, FieldErrors errors) {
        common(metadata, namespaced, names, errors);
        standardFinalizers(metadata.finalizers(), errors.at("finalizers"));
    }

    /// Custom objects and their definitions may have finalizers with any name.
    private static boolean isBuiltIn(Resource object) {
        var kind = object.getClass().getAnnotation(Kind.class);
        return kind != null && !kind.group().equals("apiextensions.k8s.io");
    }

    private static void common(
            ObjectMeta metadata, boolean namespaced, NameRule names, FieldErrors errors) {
        if (!metadata.generateName().isEmpty()) {
            names.problems(metadata.generateName(), true)
                    .forEach(p -> errors.at("generateName").invalid(metadata.generateName(), p));
        }
        if (metadata.name().isEmpty()) {
            errors.at("name").required("name or generateName is required");
        } else {
            names.problems(metadata.name(), false)
                    .forEach(p -> errors.at("name").invalid(metadata.name(), p));
        }
        checkNamespace(metadata.namespace(), namespaced, errors.at("namespace"));
        checkNonNegative(metadata.generation(), errors.at("generation"));
        labels(metadata.labels(), errors.at("labels"));
        annotations(metadata.annotations(), errors.at("annotations"));
        owners(metadata.ownerReferences(), errors.at("ownerReferences"));
        finalizers(metadata.finalizers(), errors.at("finalizers"));
        managers(metadata.managedFields(), errors.at("managedFields"));
    }

    public static void checkUpdate(Resource old, Resource updated, FieldErrors errors) {
        checkUpdate(old.metadata(), updated.metadata(), errors);
    }

    public static void checkUpdate(ObjectMeta old, ObjectMeta updated, FieldErrors errors) {
        if (old.deletionTimestamp() != null) {
            var added = new ArrayList<>(updated.finalizers());
            added.removeAll(old.finalizers());
            if (!added.isEmpty()) {
                errors.at("finalizers")
                        .forbidden(
                                "no new finalizers can be added if the object is being deleted,"
                                        + " found new finalizers "
                                        + strings(added));
            }
        }
        if (updated.generation() < old.generation()) {
            errors.at("generation").invalid(updated.generation(), "must not be decremented");
        }
        same(old.name(), updated.name(), errors.at("name"));
        same(old.namespace(), updated.namespace(), errors.at("namespace"));
        same(old.uid(), updated.uid(), errors.at("uid"));
        same(old.creationTimestamp(), updated.creationTimestamp(), errors.at("creationTimestamp"));
        same(old.deletionTimestamp(), updated.deletionTimestamp(), errors.at("deletionTimestamp"));
        same(
                old.deletionGracePeriodSeconds(),
                updated.deletionGracePeriodSeconds(),
                errors.at("deletionGracePeriodSeconds"));
        if (updated.resourceVersion().isEmpty()) {
            errors.at("resourceVersion").invalid("", "must be specified for an update");
        }
        finalizers(updated.finalizers(), errors.at("finalizers"));
        labels(updated.labels(), errors.at("labels"));
        annotations(updated.annotations(), errors.at("annotations"));
        owners(updated.ownerReferences(), errors.at("ownerReferences"));
        managers(updated.managedFields(), errors.at("managedFields"));
    }

    public static void labels(Map<String, String> labels, FieldErrors errors) {
        labels.forEach((key, value) -> {
            Names.qualified(key).forEach(problem -> errors.invalid(key, problem));
            Names.labelValue(value).forEach(problem -> errors.invalid(value, problem));
        });
    }

    public static void annotations(Map<String, String> annotations, FieldErrors errors) {
        var size = 0L;
        for (var entry : annotations.entrySet()) {
            Names.qualified(entry.getKey().toLowerCase(Locale.ROOT))
                    .forEach(problem -> errors.invalid(entry.getKey(), problem));
            size += bytes(entry.getKey()) + bytes(entry.getValue());
        }
        if (size > ANNOTATIONS_BYTES_MAX) {
            errors.tooLong(ANNOTATIONS_BYTES_MAX);
        }
    }

    private static void checkNamespace(String namespace, boolean namespaced, FieldErrors errors) {
        if (!namespaced) {
            if (!namespace.isEmpty()) {
                errors.forbidden("not allowed on this type");
            }
            return;
        }
        if (namespace.isEmpty()) {
            errors.required("");
            return;
        }
        Names.label(namespace).forEach(problem -> errors.invalid(namespace, problem));
    }

    private static void checkNonNegative(long value, FieldErrors errors) {
        if (value < 0) {
            errors.invalid(value, "must be greater than or equal to 0");
        }
    }

    private static void owners(List<OwnerReference> owners, FieldErrors errors) {
        OwnerReference controller = null;
        for (var i = 0; i < owners.size(); i++) {
            var owner = owners.get(i);
            owner(owner, errors);
            if (Objects.equals(owner.controller(), true)) {
                if (controller != null) {
                    errors.invalid(
                            owners,
                            "Only one reference can have Controller set to true. Found \"true\" in"
                                    + " references for "
                                    + controller.kind()
                                    + "/"
                                    + controller.name()
                                    + " and "
                                    + owner.kind()
                                    + "/"
                                    + owner.name());
                }
                controller = owner;
            }
        }
    }

    private static void owner(OwnerReference owner, FieldErrors errors) {
        var version = owner.apiVersion().substring(owner.apiVersion().indexOf('/') + 1);
        if (version.isEmpty()) {
            errors.at("apiVersion").invalid(owner.apiVersion(), "version must not be empty");
        }
        if (owner.kind().isEmpty()) {
            errors.at("kind").invalid(owner.kind(), "must not be empty");
        }
        if (owner.name().isEmpty()) {
            errors.at("name").invalid(owner.name(), "must not be empty");
        }
        if (owner.uid().isEmpty()) {
            errors.at("uid").invalid(owner.uid(), "must not be empty");
        }
        if (owner.apiVersion().equals("v1") && owner.kind().equals("Event")) {
            errors.invalid(owner, "/v1, Kind=Event is disallowed from being an owner");
        }
    }

    private static void finalizers(List<String> finalizers, FieldErrors errors) {
        for (var finalizer : finalizers) {
            errors.invalid(finalizer, Names.qualified(finalizer));
        }
        if (finalizers.contains("orphan") && finalizers.contains("foregroundDeletion")) {
            errors.invalid(
                    finalizers, "finalizer orphan and foregroundDeletion cannot be both set");
        }
    }

    /// A finalizer without a domain must be one that Kubernetes itself knows.
    public static void standardFinalizers(List<String> finalizers, FieldErrors errors) {
        for (var i = 0; i < finalizers.size(); i++) {
            var finalizer = finalizers.get(i);
            if (!finalizer.contains("/") && !STANDARD_FINALIZERS.contains(finalizer)) {
                errors.at(i)
                        .invalid(
                                finalizer,
                                "name is neither a standard finalizer name nor is it fully"
                                        + " qualified");
            }
        }
    }

    private static void managers(List<ObjectMeta.ManagedFieldsEntry> entries, FieldErrors errors) {
        for (var i = 0; i < entries.size(); i++) {
            var entry = entries.get(i);
            var at = errors.at(i);
            if (!entry.operation().equals("Apply") && !entry.operation().equals("Update")) {
                at.at("operation").invalid(entry.operation(), "must be `Apply` or `Update`");
            }
            if (!entry.fieldsType().isEmpty() && !entry.fieldsType().equals("FieldsV1")) {
                at.at("fieldsType").invalid(entry.fieldsType(), "must be `FieldsV1`");
            }
            if (bytes(entry.manager()) > MANAGER_BYTES_MAX) {
                at.at("manager").tooLong(MANAGER_BYTES_MAX);
            }
        }
    }

    private static void same(@Nullable Object old, @Nullable Object updated, FieldErrors errors) {
        if (!Objects.equals(old, updated)) {
            errors.invalid(updated, "field is immutable");
        }
    }

    private static String strings(List<String> texts) {
        var quoted = texts.stream().map(text -> '"' + text + '"').toList();
        return "[]string{" + String.join(", ", quoted) + "}";
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
