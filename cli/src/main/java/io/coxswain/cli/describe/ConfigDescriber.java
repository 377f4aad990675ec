package io.coxswain.cli.describe;

import io.coxswain.api.json.Json;
import io.coxswain.cli.resource.Target;
import io.coxswain.cli.server.Trees;
import io.coxswain.http.Query;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;

/// Describes ConfigMaps, Secrets and ServiceAccounts.
final class ConfigDescriber {

    private ConfigDescriber() {}

    static void configMap(Target target, Sheet sheet, Related related) {
        var object = target.object();
        sheet.head(object, true);
        sheet.marks(object);
        sheet.line(0, "\nData\n====");
        new TreeMap<>(Trees.map(object, "data"))
                .forEach((name, value) -> sheet.line(0, name + ":\n----\n" + value + "\n"));
        sheet.line(0, "\nBinaryData\n====");
        new TreeMap<>(Trees.map(object, "binaryData"))
                .forEach((name, value) -> sheet.line(0, name + ": " + size(value) + " bytes"));
        sheet.line(0, "");
    }

    static void secret(Target target, Sheet sheet, Related related) {
        var object = target.object();
        var type = object.text("type");
        sheet.head(object, true);
        sheet.marks(object);
        sheet.line(0, "\nType:\t" + type + "\n\nData\n====");
        new TreeMap<>(Trees.map(object, "data"))
                .forEach((name, value) -> {
                    var shown = size(value) + " bytes";
                    if (name.equals("token")
                            && type.equals("kubernetes.io/service-account-token")) {
                        shown = new String(decoded(value), StandardCharsets.UTF_8);
                    }
                    sheet.line(0, name + ":\t" + shown);
                });
    }

    private static int size(String base64) {
        return decoded(base64).length;
    }

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    static void serviceAccount(Target target, Sheet sheet, Related related) {
        var object = target.object();
        sheet.head(object, true);
        sheet.marks(object);
        names("Image pull secrets", Trees.objects(object, "imagePullSecrets"), sheet);
        names("Mountable secrets", Trees.objects(object, "secrets"), sheet);
        var tokens = new ArrayList<Json.Obj>();
        var secrets = related.list("/api/v1", target.namespace(), "secrets", Query.EMPTY);
        for (var secret : secrets) {
            var account =
                    Trees.map(secret, "metadata.annotations")
                            .getOrDefault("kubernetes.io/service-account.name", "");
            if (secret.text("type").equals("kubernetes.io/service-account-token")
                    && account.equals(target.name())) {
                tokens.add(secret.object("metadata"));
            }
        }
        names("Tokens", tokens, sheet);
    }

    private static void names(String title, List<Json.Obj> references, Sheet sheet) {
        if (references.isEmpty()) {
            sheet.line(0, title + ":\t<none>");
            return;
        }
        var lead = title + ":";
        for (var reference : references) {
            sheet.line(0, lead + "\t" + reference.text("name"));
            lead = "";
        }
    }
}
