package io.coxswain.cli.commands.edit;

import io.coxswain.cli.CliError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The user's editor: `$KUBE_EDITOR`, `$EDITOR` or vi.
final class Editor {

    private final String command;

    Editor(Map<String, String> environment) {
        var own = environment.getOrDefault("KUBE_EDITOR", "");
        var general = environment.getOrDefault("EDITOR", "");
        this.command = !own.isEmpty() ? own : general.isEmpty() ? "vi" : general;
    }

    /// Shows the file and returns when the user is done with it.
    void open(Path file) throws IOException {
        var words = List.of("sh", "-c", command + " \"$1\"", command, file.toString());
        try {
            var code = new ProcessBuilder(words).inheritIO().start().waitFor();
            if (code != 0) {
                throw new CliError("there was a problem with the editor \"" + command + "\"");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliError("Edit cancelled, no changes made.");
        }
    }

    static Path file(String suffix) throws IOException {
        return Files.createTempFile("kubectl-edit-", suffix);
    }
}
