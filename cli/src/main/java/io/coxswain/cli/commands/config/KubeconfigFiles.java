package io.coxswain.cli.commands.config;

import io.coxswain.api.json.Json;
import io.coxswain.cli.CliError;
import io.coxswain.cli.ConnectionFlags;
import io.coxswain.cli.Session;
import io.coxswain.cli.server.Trees;
import io.coxswain.client.Kubeconfig;
import java.nio.file.Path;
import java.util.List;

/// The files that together are the kubeconfig. A change goes to the file that has the entry
/// already, else to the first.
record KubeconfigFiles(List<Path> files) {

    static KubeconfigFiles of(Session session) {
        return new KubeconfigFiles(ConnectionFlags.files(session.global(), session.environment()));
    }

    Kubeconfig merged() {
        return Kubeconfig.read(files);
    }

    Path first() {
        return files.getFirst();
    }

    /// @param list `clusters`, `contexts` or `users`
    Path holding(String list, String name) {
        for (var file : files) {
            if (has(Kubeconfig.read(file), list, name)) {
                return file;
            }
        }
        return first();
    }

    static boolean has(Kubeconfig config, String list, String name) {
        return Trees.objects(config.tree(), list).stream()
                .anyMatch(entry -> entry.text("name").equals(name));
    }

    /// What an entry says; the empty object for one that is not there.
    static Json.Obj entry(Kubeconfig config, String list, String name) {
        for (var entry : Trees.objects(config.tree(), list)) {
            if (entry.text("name").equals(name)) {
                return entry.object(field(list));
            }
        }
        return Json.EMPTY;
    }

    /// `cluster` for `clusters`.
    static String field(String list) {
        return list.substring(0, list.length() - 1);
    }

    static CliError unexpected(List<String> arguments) {
        return new CliError("Unexpected args: [" + String.join(" ", arguments) + "]");
    }
}
