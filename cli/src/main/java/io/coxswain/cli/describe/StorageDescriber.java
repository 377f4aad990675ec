package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Describes PersistentVolumes, claims and StorageClasses.
final class StorageDescriber {

    private static final Map<String, String> MODES =
            Map.of(
                    "ReadWriteOnce", "RWO",
                    "ReadOnlyMany", "ROX",
                    "ReadWriteMany", "RWX",
                    "ReadWriteOncePod", "RWOP");

    private StorageDescriber() {}

    static void claim(Target target, Sheet sheet, Related related) {
        var object = target.object();
        sheet.head(object, true);
        sheet.line(0, "StorageClass:\t" + Trees.text(object, "spec.storageClassName"));
        var deleted = Trees.text(object, "metadata.deletionTimestamp");
        sheet.line(
                0,
                "Status:\t"
                        + (deleted.isEmpty()
                                ? Trees.text(object, "status.phase")
                                : "Terminating (lasts " + related.age(deleted) + ")"));
        sheet.line(0, "Volume:\t" + Trees.text(object, "spec.volumeName"));
        sheet.marks(object);
        finalizers(object, sheet);
        var bound = !Trees.text(object, "spec.volumeName").isEmpty();
        var capacity = Trees.text(object, "status.capacity.storage");
        var modes = Trees.texts(object, "status.accessModes");
        sheet.line(0, "Capacity:\t" + (bound ? capacity : ""));
        sheet.line(0, "Access Modes:\t" + (bound ? modes(modes) : ""));
        sheet.optional(0, "VolumeMode", Trees.text(object, "spec.volumeMode"));
        source(Trees.object(object, "spec", "dataSource"), sheet);
        var users =
                related.list("/api/v1", target.namespace(), "pods", Query.EMPTY).stream()
                        .filter(pod -> uses(pod, target.name()))
                        .map(Trees::name)
                        .toList();
        var lead = "Used By:";
        for (var user : users.isEmpty() ? List.of("<none>") : users) {
            sheet.line(0, lead + "\t" + user);
            lead = "";
        }
    }

    private static void source(Json.Obj source, Sheet sheet) {
        if (!source.fields().isEmpty()) {
            sheet.line(0, "DataSource:");
            sheet.optional(1, "APIGroup", source.text("apiGroup"));
            sheet.line(1, "Kind:\t" + source.text("kind"));
            sheet.line(1, "Name:\t" + source.text("name"));
        }
    }

    private static boolean uses(Json.Obj pod, String claim) {
        return Trees.objects(pod, "spec.volumes").stream()
                .anyMatch(v -> Trees.text(v, "persistentVolumeClaim.claimName").equals(claim));
    }

    private static String modes(List<String> modes) {
        return modes.stream().map(m -> MODES.getOrDefault(m, m)).collect(Collectors.joining(","));
    }

    private static void finalizers(Json.Obj object, Sheet sheet) {
        var finalizers = Trees.texts(object, "metadata.finalizers");
        sheet.line(0, "Finalizers:\t[" + String.join(" ", finalizers) + "]");
    }

    static void volume(Target target, Sheet sheet, Related related) {
        var object = target.object();
        var spec = object.object("spec");
        sheet.head(object, false);
        sheet.marks(object);
        finalizers(object, sheet);
        sheet.line(0, "StorageClass:\t" + spec.text("storageClassName"));
        sheet.line(0, "Status:\t" + Trees.text(object, "status.phase"));
        var claim = spec.object("claimRef");
        var claimed = claim.text("namespace") + "/" + claim.text("name");
        sheet.line(0, "Claim:\t" + (claim.fields().isEmpty() ? "" : claimed));
        sheet.line(0, "Reclaim Policy:\t" + spec.text("persistentVolumeReclaimPolicy"));
        sheet.line(0, "Access Modes:\t" + modes(Trees.texts(spec, "accessModes")));
        sheet.optional(0, "VolumeMode", spec.text("volumeMode"));
        sheet.line(0, "Capacity:\t" + Trees.text(spec, "capacity.storage"));
        affinity(spec, sheet);
        sheet.line(0, "Message:\t" + Trees.text(object, "status.message"));
        sheet.line(0, "Source:");
        Volumes.source(spec, sheet);
    }

    private static void affinity(Json.Obj spec, Sheet sheet) {
        var terms = Trees.objects(spec, "nodeAffinity.required.nodeSelectorTerms");
        if (terms.isEmpty()) {
            sheet.line(0, "Node Affinity:\t<none>");
            return;
        }
        sheet.line(0, "Node Affinity:\t");
        sheet.line(1, "Required Terms:\t");
        for (var i = 0; i < terms.size(); i++) {
            var lead = "Term " + i + ":";
            for (var e : Trees.objects(terms.get(i), "matchExpressions")) {
                var values = String.join(", ", Trees.texts(e, "values"));
                var operator = e.text("operator").toLowerCase(Locale.ROOT);
                sheet.line(2, lead + "\t" + e.text("key") + " " + operator + " [" + values + "]");
                lead = "";
            }
        }
    }

    static void storageClass(Target target, Sheet sheet, Related related) {
        var object = target.object();
        var annotations = Trees.map(object, "metadata.annotations");
        var isDefault =
                "true".equals(annotations.get("storageclass.kubernetes.io/is-default-class"));
        sheet.head(object, false);
        sheet.line(0, "IsDefaultClass:\t" + (isDefault ? "Yes" : "No"));
        sheet.line(0, "Annotations:\t" + pairs(annotations));
        sheet.line(0, "Provisioner:\t" + object.text("provisioner"));
        sheet.line(0, "Parameters:\t" + pairs(Trees.map(object, "parameters")));
        var expansion = Trees.text(object, "allowVolumeExpansion");
        var capital = expansion.equals("true") ? "True" : "False";
        sheet.line(0, "AllowVolumeExpansion:\t" + (expansion.isEmpty() ? "<unset>" : capital));
        var options = Trees.texts(object, "mountOptions");
        if (options.isEmpty()) {
            sheet.line(0, "MountOptions:\t<none>");
        } else {
            sheet.line(0, "MountOptions:");
            options.forEach(option -> sheet.line(1, option));
        }
        sheet.line(0, "ReclaimPolicy:\t" + object.text("reclaimPolicy"));
        sheet.line(0, "VolumeBindingMode:\t" + object.text("volumeBindingMode"));
    }

    private static String pairs(Map<String, String> pairs) {
        return pairs.isEmpty()
                ? "<none>"
                : new TreeMap<>(pairs)
                        .entrySet().stream()
                                .map(pair -> pair.getKey() + "=" + pair.getValue())
                                .collect(Collectors.joining(","));
    }
}
