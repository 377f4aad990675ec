package io.coxswain.tidy;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.JavacTask;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/// The files of this repository.
record Sources(Path root, List<Source> java, List<Source> markdown, List<Source> poms) {

    /// A text file.
    ///
    /// @param path from the root of the repository, with forward slashes
    record Source(String path, List<String> lines) {

        boolean main() {
            return path.contains("/src/main/");
        }

        String directory() {
            return path.substring(0, path.lastIndexOf('/'));
        }

        String name() {
            return path.substring(path.lastIndexOf('/') + 1);
        }

        String text() {
            return String.join("\n", lines);
        }
    }

    static Sources read() {
        var root = top();
        return new Sources(root, all(root, ".java"), all(root, ".md"), all(root, "pom.xml"));
    }

    /// Every Java file as the compiler reads it, without its names resolved.
    List<CompilationUnitTree> parsed() {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files =
                compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
            var units =
                    files.getJavaFileObjectsFromPaths(
                            java.stream().map(it -> root.resolve(it.path())).toList());
            var task = (JavacTask) compiler.getTask(null, files, null, List.of(), null, units);
            var trees = new ArrayList<CompilationUnitTree>();
            task.parse().forEach(trees::add);
            return trees;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Writes a changed file, if it changes, and returns its lines.
    List<String> rewrite(Source source, UnaryOperator<List<String>> change) {
        var lines = change.apply(source.lines());
        if (!lines.equals(source.lines())) {
            try {
                Files.writeString(root.resolve(source.path()), String.join("\n", lines) + "\n");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return lines;
    }

    String path(CompilationUnitTree tree) {
        return root.relativize(Path.of(tree.getSourceFile().toUri())).toString();
    }

    private static Path top() {
        var directory = Path.of("").toAbsolutePath();
        while (directory != null && !Files.exists(directory.resolve("cox"))) {
            directory = directory.getParent();
        }
        if (directory == null) {
            throw new IllegalStateException("not inside the repository");
        }
        return directory;
    }

    private static List<Source> all(Path root, String ending) {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(ending))
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .filter(path -> !path.contains("target/") && !path.startsWith("."))
                    .sorted()
                    .map(path -> source(root, path))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Source source(Path root, String path) {
        try {
            return new Source(path, Files.readAllLines(root.resolve(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
