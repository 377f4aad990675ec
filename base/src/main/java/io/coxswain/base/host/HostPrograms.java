package io.coxswain.base.host;

import org.jspecify.annotations.Nullable;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Where the programs of this host are: in the folders of `PATH`, then in those of root, which the
/// login of somebody else, or `su`, may lack.
public final class HostPrograms {

    private static final List<String> ROOT_FOLDERS =
            List.of("/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin");

    private HostPrograms() {}

    /// The file of a program; null when there is none of that name.
    public static @Nullable Path find(String program) {
        return folders().stream()
                .map(folder -> Path.of(folder, program))
                .filter(file -> Files.isExecutable(file) && !Files.isDirectory(file))
                .findFirst()
                .orElse(null);
    }

    /// The command with its program's file in front. The folders that a child is given as its own
    /// `PATH` have no say in where the child itself is looked for. A program that is nowhere is
    /// left as it is: starting it says so.
    public static List<String> resolved(List<String> command) {
        var file = find(command.getFirst());
        if (file == null) {
            return command;
        }
        var whole = new ArrayList<>(command);
        whole.set(0, file.toString());
        return whole;
    }

    /// The `PATH` that child processes should have.
    public static String path() {
        return String.join(":", folders());
    }

    private static Set<String> folders() {
        var own = System.getenv("PATH");
        var all = new LinkedHashSet<String>(Arrays.asList((own == null ? "" : own).split(":")));
        all.addAll(ROOT_FOLDERS);
        all.remove("");
        return all;
    }
}
