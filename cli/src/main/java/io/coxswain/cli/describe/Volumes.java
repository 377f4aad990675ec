package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.server.Trees;
import java.util.List;

/// Describes the volumes of a pod.
final class Volumes {

    private Volumes() {}

    /// @param lead blanks before the title
    static void section(List<Json.Obj> volumes, Sheet sheet, String lead) {
        if (volumes.isEmpty()) {
            sheet.line(0, lead + "Volumes:\t<none>");
            return;
        }
        sheet.line(0, lead + "Volumes:");
        for (var volume : volumes) {
            sheet.line(1, (lead.isEmpty() ? "" : " ") + volume.text("name") + ":");
            volume.fields()
                    .forEach((type, source) -> {
                        if (source instanceof Json.Obj settings) {
                            volume(type, settings, sheet);
                        }
                    });
        }
    }

    /// Where a PersistentVolume's data is.
    static void source(Json.Obj spec, Sheet sheet) {
        for (var type : List.of("hostPath", "local", "nfs", "csi", "iscsi", "fc")) {
            if (spec.get(type) instanceof Json.Obj settings) {
                volume(type, settings, sheet);
            }
        }
    }

    private static void volume(String type, Json.Obj source, Sheet sheet) {
        switch (type) {
            case "configMap" -> {
                type(sheet, "ConfigMap (a volume populated by a ConfigMap)");
                sheet.line(2, "Name:\t" + source.text("name"));
                sheet.line(2, "Optional:\t" + Trees.flag(source, "optional"));
            }
            case "secret" -> {
                type(sheet, "Secret (a volume populated by a Secret)");
                sheet.line(2, "SecretName:\t" + source.text("secretName"));
                sheet.line(2, "Optional:\t" + Trees.flag(source, "optional"));
            }
            case "emptyDir" -> {
                type(sheet, "EmptyDir (a temporary directory that shares a pod's lifetime)");
                sheet.line(2, "Medium:\t" + source.text("medium"));
                sheet.line(2, "SizeLimit:\t" + limit(source));
            }
            case "hostPath" -> {
                type(sheet, "HostPath (bare host directory volume)");
                sheet.line(2, "Path:\t" + source.text("path"));
                sheet.line(2, "HostPathType:\t" + source.text("type"));
            }
            case "persistentVolumeClaim" -> {
                type(
                        sheet,
                        "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same"
                                + " namespace)");
                sheet.line(2, "ClaimName:\t" + source.text("claimName"));
                sheet.line(2, "ReadOnly:\t" + Trees.flag(source, "readOnly"));
            }
            case "nfs" -> {
                type(sheet, "NFS (an NFS mount that lasts the lifetime of a pod)");
                sheet.line(2, "Server:\t" + source.text("server"));
                sheet.line(2, "Path:\t" + source.text("path"));
                sheet.line(2, "ReadOnly:\t" + Trees.flag(source, "readOnly"));
            }
            case "local" -> {
                type(sheet, "LocalVolume (a persistent volume backed by local storage on a node)");
                sheet.line(2, "Path:\t" + source.text("path"));
            }
            case "projected" -> projected(source, sheet);
            default -> {
                type(sheet, FieldDescriber.title(type));
                source.fields()
                        .forEach((name, value) ->
                                sheet.optional(2, FieldDescriber.title(name), Trees.text(value)));
            }
        }
    }

    private static void type(Sheet sheet, String text) {
        sheet.line(2, "Type:\t" + text);
    }

    private static String limit(Json.Obj source) {
        var limit = Trees.text(source, "sizeLimit");
        return limit.isEmpty() ? "<unset>" : limit;
    }

    private static void projected(Json.Obj source, Sheet sheet) {
        type(sheet, "Projected (a volume that contains injected data from multiple sources)");
        for (var part : Trees.objects(source, "sources")) {
            if (part.get("secret") instanceof Json.Obj secret) {
                sheet.line(2, "SecretName:\t" + secret.text("name"));
                sheet.line(2, "Optional:\t" + Trees.flag(secret, "optional"));
            } else if (part.get("downwardAPI") != null) {
                sheet.line(2, "DownwardAPI:\ttrue");
            } else if (part.get("configMap") instanceof Json.Obj map) {
                sheet.line(2, "ConfigMapName:\t" + map.text("name"));
                sheet.line(2, "Optional:\t" + Trees.flag(map, "optional"));
            } else if (part.get("serviceAccountToken") instanceof Json.Obj token) {
                sheet.line(
                        2,
                        "TokenExpirationSeconds:\t"
                                + Trees.number(token, "expirationSeconds", 3600));
            }
        }
    }
}
