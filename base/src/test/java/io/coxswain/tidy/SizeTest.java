package io.coxswain.tidy;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Nothing is so big that nobody reads it.
class SizeTest {

    private static final int MAIN_LINES_MAX = 500;
    private static final int TEST_LINES_MAX = 700;
    private static final int COLUMNS_MAX = 100;
    private static final int METHOD_LINES_MAX = 60;
    private static final int PARAMETERS_MAX = 6;
    private static final int COLLABORATORS_MAX = 8;
    private static final int PACKAGE_FILES_MAX = 30;

    private static final Pattern ONE_TEXT = Pattern.compile("^\\s*(\\+ )?\".*\"( \\+)?[,;)]*$");

    private final Sources sources = Sources.read();

    @Test
    void filesAreShort() {
        assertThat(sources.java())
                .filteredOn(it -> !Exceptions.FILES.containsKey(it.name()))
                .filteredOn(it -> it.lines().size() > (it.main() ? MAIN_LINES_MAX : TEST_LINES_MAX))
                .extracting(it -> it.path() + " has " + it.lines().size() + " lines: split it")
                .isEmpty();
    }

    /// With `-Dtidy=fix` comments that are too wide are wrapped instead.
    @Test
    void linesAreShort() {
        var findings = new ArrayList<String>();
        for (var source : sources.java()) {
            var lines =
                    "fix".equals(System.getProperty("tidy"))
                            ? sources.rewrite(source, new CommentWrap(COLUMNS_MAX)::wrap)
                            : source.lines();
            for (var i = 0; i < lines.size(); i++) {
                var line = lines.get(i);
                if (line.length() > COLUMNS_MAX && !unbreakable(source, line)) {
                    findings.add(source.path() + ":" + (i + 1));
                }
            }
        }
        assertThat(findings)
                .as("lines beyond column 100; ./mvnw -pl base test -Dtest=SizeTest -Dtidy=fix")
                .isEmpty();
    }

    /// An import, an address, one text that users see, and in a test what is compared with one.
    private static boolean unbreakable(Sources.Source source, String line) {
        return line.startsWith("import ")
                || line.contains("https://")
                || ONE_TEXT.matcher(line).matches()
                || (!source.main() && (line.contains("\"") || !line.contains("///")));
    }

    @Test
    void packagesAreSmall() {
        var counts =
                sources.java().stream()
                        .filter(Sources.Source::main)
                        .filter(it -> !it.name().equals("package-info.java"))
                        .collect(groupingBy(Sources.Source::directory, TreeMap::new, counting()));
        assertThat(counts.entrySet())
                .filteredOn(it -> it.getValue() > PACKAGE_FILES_MAX)
                .filteredOn(it ->
                        Exceptions.PACKAGES.keySet().stream().noneMatch(it.getKey()::endsWith))
                .isEmpty();
    }

    @Test
    void methodsAreShortAndTakeLittle() {
        var findings = new ArrayList<String>();
        for (var unit : sources.parsed()) {
            new MethodScanner(unit, findings).scan(unit, null);
        }
        assertThat(findings).isEmpty();
    }

    @Test
    void exceptionsAreStillNeeded() {
        var names = new HashSet<String>();
        sources.java().forEach(it -> names.add(it.name()));
        assertThat(names).containsAll(Exceptions.FILES.keySet());
        for (var method : Exceptions.METHODS.keySet()) {
            assertThat(names).contains(method.substring(0, method.indexOf('.')) + ".java");
        }
    }

    private final class MethodScanner extends TreeScanner<@Nullable Void, @Nullable Void> {
        private final CompilationUnitTree unit;
        private final List<String> findings;
        private final Set<Tree> canonical = new HashSet<>();

        MethodScanner(CompilationUnitTree unit, List<String> findings) {
            this.unit = unit;
            this.findings = findings;
        }

        @Override
        public @Nullable Void visitClass(ClassTree type, @Nullable Void nothing) {
            if (type.getKind() == Tree.Kind.RECORD) {
                type.getMembers().stream()
                        .filter(it ->
                                it instanceof MethodTree method && method.getReturnType() == null)
                        .forEach(canonical::add);
            }
            return super.visitClass(type, null);
        }

        @Override
        public @Nullable Void visitMethod(MethodTree method, @Nullable Void nothing) {
            var path = sources.path(unit);
            var file = path.substring(path.lastIndexOf('/') + 1).replace(".java", "");
            var name = method.getName().contentEquals("<init>") ? "<init>" : method.getName();
            if (!Exceptions.METHODS.containsKey(file + "." + name)) {
                check(path + " " + name, method);
            }
            return super.visitMethod(method, null);
        }

        private void check(String where, MethodTree method) {
            var lines = method.getBody() == null ? 0 : lines(method.getBody().toString());
            if (lines > METHOD_LINES_MAX) {
                findings.add(where + " has about " + lines + " lines: name its steps");
            }
            var constructor = method.getReturnType() == null;
            var max = constructor ? COLLABORATORS_MAX : PARAMETERS_MAX;
            var count = method.getParameters().size();
            if (count > max && !givenFromOutside(method)) {
                findings.add(where + " takes " + count + " parameters: make a record of them");
            }
        }

        /// The constructor of a record is its data; an override takes what its interface says.
        private boolean givenFromOutside(MethodTree method) {
            return canonical.contains(method)
                    || method.getModifiers().getAnnotations().stream()
                            .anyMatch(it -> it.getAnnotationType().toString().equals("Override"));
        }

        private static int lines(String body) {
            return (int) body.lines().filter(line -> !line.isBlank()).count();
        }
    }
}
